# workerd serve bare.capnp --socket-addr=http=127.0.0.1:PORT --directory-path=disk=FOLDER
# The same worker on workerd alone: no miniflare, no entry worker, no node process.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .person),
    (name = "disk", disk = (writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const person :Workerd.Worker = (
  modules = [(name = "person.mjs", esModule = embed "person.mjs")],
  compatibilityDate = "2026-04-01",
  durableObjectNamespaces = [(className = "Person", uniqueKey = "Person", enableSql = true)],
  durableObjectStorage = (localDisk = "disk"),
  bindings = [(name = "PERSON", durableObjectNamespace = "Person")],
);
