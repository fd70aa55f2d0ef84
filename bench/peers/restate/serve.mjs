// The workflows of bench/workflows as a Restate service: serve.mjs PORT
import * as restate from "@restatedev/restate-sdk";

// The SDK uses it; Node has it from 22 on.
Promise.withResolvers ??= () => {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
};

const STEPS = 20;
const BRANCHES = 10;
const WORK_MILLIS = 100;

const bench = restate.service({
  name: "Bench",
  handlers: {
    steps: async (ctx) => {
      let n = 0;
      for (let i = 0; i < STEPS; i++) {
        const before = n;
        n = await ctx.run(`step ${i + 1}`, () => before + 1);
      }
      return n;
    },
    branches: async (ctx) => {
      const all = Array.from({ length: BRANCHES }, (_, i) =>
        ctx.run(`work ${i + 1}`, () => new Promise((done) => setTimeout(() => done(1), WORK_MILLIS))));
      return (await restate.RestatePromise.all(all)).length;
    },
  },
});

restate.serve({ services: [bench], port: Number(process.argv[2]) });
