// node serve.mjs PORT FOLDER — the peer under miniflare, on loopback, until SIGTERM.
import { fileURLToPath } from "node:url";
import { Log, LogLevel, Miniflare } from "miniflare";

const [port, folder] = process.argv.slice(2);
const peer = new Miniflare({
  host: "127.0.0.1",
  port: Number(port),
  cf: false, // else miniflare fetches a sample of request.cf from outside
  log: new Log(LogLevel.ERROR),
  handleRuntimeStdio: (out, err) => [out, err].forEach((each) => each.pipe(process.stderr)),
  modules: true,
  scriptPath: fileURLToPath(new URL("person.mjs", import.meta.url)),
  compatibilityDate: "2026-04-01",
  durableObjects: { PERSON: { className: "Person", useSQLite: true } },
  durableObjectsPersist: folder,
});
for (const signal of ["SIGTERM", "SIGINT"])
  process.once(signal, () => peer.dispose().then(() => process.exit(0)));
await peer.ready;
