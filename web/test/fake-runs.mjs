// The runs of the stand-in: a few workflows whose steps take a few milliseconds, over the same shapes as the real ones.
import { randomUUID } from 'node:crypto';

const OVER = ['completed', 'failed', 'cancelled', 'timed_out'];
const TIMES = Array.from({ length: 10 }, (_, i) => new Date(Date.UTC(2030, 0, 1 + i, 8)).toISOString());

/** The manifest. */
export const WORKFLOWS = {
  approval: {
    title: 'Ask for an approval',
    input_schema: {
      type: 'object',
      required: ['request'],
      properties: {
        request: { type: 'string', title: 'What is to be approved', minLength: 1, maxLength: 4000 },
        deadline_minutes: { type: 'integer', title: 'Minutes until the default answer', default: 1440 },
        default: { type: 'boolean', title: 'The default answer', default: false },
      },
    },
  },
  purchase: {
    title: 'Buy something',
    description: 'Puts a request before you, waits for your decision, and goes by it.',
    input_schema: {
      type: 'object',
      required: ['subject', 'level'],
      properties: {
        subject: { type: 'string', title: 'What is it about?', minLength: 3 },
        level: { enum: ['low', 'high'], title: 'How much is at stake?' },
        amount: { type: 'number', description: 'In US dollars', minimum: 0 },
        people: { type: 'integer' },
        due: { type: 'string', format: 'date' },
        urgent: { type: 'boolean' },
        tags: { type: 'array', items: { type: 'string' } },
        notes: { type: 'string', maxLength: 2000 },
        contact: { type: 'object', required: ['name'], properties: { name: { type: 'string' }, email: { type: 'string', format: 'email' } } },
      },
    },
    start_steps: ['Prepare', 'Ask'],
  },
  report: {
    title: 'Write a report',
    description: 'Plans the parts, writes them side by side, and joins them.',
    input_schema: { type: 'object', required: ['topic'], properties: { topic: { type: 'string' } } },
  },
  tidy: { title: 'Tidy the list', input_schema: { type: 'object' } },
};

/** The steps of each workflow: a name, a title, and what it does to the run. */
const STEPS = {
  approval: [['Ask', 'Ask for the approval', 'ask']],
  purchase: [
    ['Prepare', 'Gather what is known', (state) => ({ ...state, facts: ['asked for twice', 'within the budget'] })],
    ['Ask', 'Ask for a decision', 'ask'],
    ['Decide', 'Go by the decision', (state) => ({ ...state, outcome: state.decision?.approved ? 'bought' : 'declined' })],
  ],
  report: [
    ['Plan', 'Plan the parts', (state) => ({ ...state, plan: ['Where we stand', 'What comes next'] })],
    ['Write', 'Write the parts', (state) => ({ ...state, parts: 2 })],
    ['Join', 'Join them', (state) => ({ ...state, report: `All of ${state.topic}`, rejected: null })],
  ],
  tidy: [['Look', 'Look for what is done', (state) => ({ ...state, found: 0 })]],
};

const QUESTION = {
  type: 'object',
  required: ['approved'],
  properties: {
    approved: { type: 'boolean', title: 'Approved' },
    note: { type: 'string', title: 'A word with it', maxLength: 500 },
  },
};

/** Whether what a commit of these runs adds has a null in it; none takes anything away. */
function holdsNull(value) {
  return value === null || (typeof value === 'object' && Object.values(value).some(holdsNull));
}

/** Everybody's runs; `tell` commits to a person's own log, `refuse` makes the error of a reply. */
export function fakeRuns({ world, tell, merge, refuse }) {
  const all = new Map();

  return { route, action, past };

  /** The reply to a request, or undefined if it is not about runs. */
  function route(person, method, path, query, body) {
    const [, , kind, id, verb, inputId] = path.split('/');
    const asked = `${method} ${kind}${id ? '/:id' : ''}${verb ? `/${verb}` : ''}`;
    const mine = () => {
      const run = all.get(id);
      if (run?.person !== person) throw refuse(404, 'There is no such run.');
      return run;
    };
    switch (asked) {
      case 'GET workflows':
        return [200, { workflows: WORKFLOWS }];
      case 'GET runs':
        return [200, list(person, query)];
      case 'POST runs':
        return [202, { status: 'accepted', run_id: startOnce(person, body).id }];
      case 'GET runs/:id':
        return [200, { ...mine().view, seq: mine().seq }];
      case 'POST runs/:id/cancel':
        end(mine(), 'cancelled');
        return [202, { status: 'accepted' }];
      case 'POST runs/:id/rerun':
        return rerun(mine(), query.get('dry_run') === 'true', body);
      case 'POST runs/:id/inputs':
        return answer(mine(), inputId, body.value);
      case 'GET schedules':
        return [200, { schedules: Object.fromEntries(Object.entries(person.state.schedules ?? {}).map(([name, each]) => [name, { ...each, next: TIMES }])) }];
      case 'PUT schedules/:id':
        if (!/^(cron|rate|at)\(.+\)$/.test(body.expression)) {
          throw refuse(400, 'The body does not fit.', { errors: [{ pointer: '/expression', detail: 'is none of cron(…), rate(…), at(…)' }] });
        }
        tell(person, 'schedule.set', { schedules: { [decodeURIComponent(id)]: body } });
        return [202, { status: 'accepted' }];
      case 'DELETE schedules/:id':
        tell(person, 'schedule.removed', { schedules: { [decodeURIComponent(id)]: null } });
        return [202, { status: 'accepted' }];
      default:
        return undefined;
    }
  }

  /** An action of a socket. */
  function action(person, ws, { action, run_id, after }) {
    const run = all.get(run_id);
    if (action === 'unsubscribe') run?.sockets.delete(ws);
    if (action !== 'subscribe' || run?.person !== person) return;
    run.sockets.add(ws);
    if (run.frames.slice(after).some(holdsNull)) {
      return void ws.send(JSON.stringify({ type: 'run', run_id, seq: run.seq, fetch: true }));
    }
    const patch = run.frames.slice(after).reduce((sum, each) => merge(sum, each, true), {});
    ws.send(JSON.stringify({ type: 'run', run_id, from: after, seq: run.seq, events: [], patch }));
  }

  /** Gives a person runs that are over. */
  function past(person, count) {
    for (let i = 0; i < count; i++) {
      const at = new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString();
      const view = { workflow: 'tidy', title: `Tidied ${i + 1}`, status: 'completed', started_at: at, completed_at: at, state: {}, steps: {} };
      const run = { id: `run_past_${i}`, person, seq: 1, view, frames: [view], sockets: new Set() };
      all.set(run.id, run);
    }
    const newest = [...all.values()].filter((run) => run.person === person).slice(-100);
    tell(person, 'run.updated', { runs: Object.fromEntries(newest.map((run) => [run.id, brief(run)])) });
  }

  function list(person, query) {
    const runs = [...all.values()].filter((run) => run.person === person).reverse();
    const fits = runs
      .map((run) => ({ run_id: run.id, ...brief(run) }))
      .filter((run) => !query.get('status') || run.status === query.get('status'))
      .filter((run) => !query.get('workflow') || run.workflow === query.get('workflow'));
    const from = query.has('before') ? fits.findIndex((run) => run.run_id === query.get('before')) + 1 : 0;
    const page = fits.slice(from, from + Number(query.get('limit') ?? 50));
    return { runs: page, ...(from + page.length < fits.length && { next: page.at(-1).run_id }) };
  }

  function startOnce(person, body) {
    const seen = person.seen.get(body.client_action_id);
    if (seen) return seen;
    const steps = STEPS[body.workflow];
    if (!steps) throw refuse(404, 'There is no such workflow.');
    const missing = (WORKFLOWS[body.workflow].input_schema.required ?? []).filter((key) => body.input[key] === undefined);
    const errors = missing.map((key) => ({ pointer: `/input/${key}`, detail: 'is missing' }));
    if (body.input.subject?.length < 3) errors.push({ pointer: '/input/subject', detail: 'must be at least 3 characters long' });
    if (errors.length > 0) throw refuse(400, 'The input does not fit.', { errors });
    const run = begin(person, body.workflow, body.input, body.start_step ?? steps[0][0], body.input, {});
    person.seen.set(body.client_action_id, run);
    return run;
  }

  function begin(person, workflow, input, step, state, more) {
    const run = { id: `run_${randomUUID()}`, person, seq: 0, view: {}, frames: [], sockets: new Set(), attempts: {} };
    all.set(run.id, run);
    const now = new Date().toISOString();
    const title = workflow === 'report' ? `A report on ${input.topic}` : (input.subject ?? WORKFLOWS[workflow].title);
    commit(run, {
      ...{ run_id: run.id, workflow, title, status: 'pending', input, state, created_at: now, trigger: { kind: 'api' } },
      ...{ cost: { input_tokens: 0, output_tokens: 0, micro_usd: 0 }, steps: {}, questions: {}, waits: {}, ...more },
    });
    later(() => {
      commit(run, { status: 'running', started_at: now });
      go(run, STEPS[workflow].findIndex(([name]) => name === step));
    });
    return run;
  }

  function go(run, index) {
    if (OVER.includes(run.view.status)) return;
    if (world.runsHeld) return void setTimeout(() => go(run, index), 20);
    const step = STEPS[run.view.workflow][index];
    if (!step) return end(run, 'completed');
    const [name, title, work] = step;
    const id = `step_${name}`;
    const told = (more) => commit(run, { ...more, steps: { [id]: { name, title, order: index + 1, handler: work === 'ask' ? 'ask' : 'agent', ...more.steps[id] } } });
    told({ steps: { [id]: { status: work === 'ask' ? 'waiting' : 'running', attempt: 1, started_at: new Date().toISOString() } } });
    if (work === 'ask') return ask(run, id);
    later(() => {
      if (OVER.includes(run.view.status)) return;
      if (name === 'Write' && run.view.state.topic === 'failures' && !run.view.rerun_of) {
        told({ steps: { [id]: { status: 'failed', attempt: 3, duration_ms: 4210, error: 'Model.Unavailable', cause: 'No capacity for llama3-3-70b.' } } });
        return end(run, 'failed', { error: { code: 'Model.Unavailable', cause: 'No capacity for llama3-3-70b.', step_id: id } });
      }
      const state = work(run.view.state);
      const patch = Object.keys(state).filter((key) => !(key in run.view.state)).map((key) => ({ op: 'add', path: `/${key}`, value: state[key] }));
      const cost = name === 'Write' || name === 'Plan' ? { input_tokens: 812, output_tokens: 344, micro_usd: 832 } : undefined;
      told({
        state,
        ...(cost && { cost: { input_tokens: run.view.cost.input_tokens + 812, output_tokens: run.view.cost.output_tokens + 344, micro_usd: run.view.cost.micro_usd + 832 } }),
        steps: { [id]: { status: 'completed', patch, duration_ms: 1240, completed_at: new Date().toISOString(), ...(cost && { cost, model: 'us.meta.llama3-3-70b' }) } },
      });
      go(run, index + 1);
    });
  }

  function ask(run, step) {
    const { subject, request } = run.view.input;
    const question = {
      ...{ step_id: step, prompt: request ?? `**${subject}** needs your decision. It is within the budget.`, schema: QUESTION, status: 'open' },
      ...{ asked_at: new Date().toISOString(), deadline: '2030-01-01T18:00:00.000Z', default: { approved: false } },
    };
    commit(run, { status: 'waiting_input', questions: { [`inp_${randomUUID()}`]: question } });
  }

  function answer(run, inputId, value) {
    const question = run.view.questions[inputId];
    if (!question) throw refuse(404, 'There is no such question.');
    if (question.status !== 'open') {
      throw refuse(409, 'It is answered.', { answered_by: question.answer.by, answered_at: question.answer.at });
    }
    if (value.note === 'no') {
      throw refuse(400, 'The answer does not fit.', { errors: [{ pointer: '/value/note', detail: 'must say more' }] });
    }
    const given = { value, by: world.answeredBy ?? 'me', at: '2026-11-21T09:30:00.000Z' };
    if (world.answeredBy) {
      // Somebody else was first, and the news of it has not reached this page.
      run.view.questions[inputId] = { ...question, status: 'answered', answer: given };
      return answer(run, inputId, value);
    }
    const step = question.step_id;
    commit(run, {
      status: 'running',
      state: { ...run.view.state, decision: value },
      questions: { [inputId]: { status: 'answered', answer: given } },
      steps: { [step]: { status: 'completed', duration_ms: 61_000 } },
    });
    later(() => go(run, STEPS[run.view.workflow].findIndex(([, , work]) => work === 'ask') + 1));
    return [202, { status: 'accepted' }];
  }

  function rerun(run, dry, { from, client_action_id } = {}) {
    const names = STEPS[run.view.workflow].map(([name]) => name);
    const at = from ? names.indexOf(from) : 0;
    if (at < 0) throw refuse(400, `There is no step ${from}.`);
    const answer = { runs_again: names.slice(at), keeps: names.slice(0, at) };
    if (dry) return [200, answer];
    const seen = run.person.seen.get(client_action_id);
    const again = seen ?? begin(run.person, run.view.workflow, run.view.input, names[at], at ? run.view.state : run.view.input, { rerun_of: run.id });
    run.person.seen.set(client_action_id, again);
    return [202, { status: 'accepted', run_id: again.id, rerun_of: run.id, ...answer }];
  }

  function end(run, status, more = {}) {
    if (OVER.includes(run.view.status)) return;
    commit(run, { status, completed_at: new Date().toISOString(), ...(status === 'completed' && { result: run.view.state }), ...more });
  }

  function commit(run, patch) {
    const from = run.seq++;
    run.view = merge(run.view, patch);
    run.frames.push(patch);
    // No merge patch can tell a null: who is told of one reads the run.
    if (holdsNull(patch.state)) run.view.state = patch.state;
    const frame = world.runFramesTooLarge || holdsNull(patch)
      ? { type: 'run', run_id: run.id, seq: run.seq, fetch: true }
      : { type: 'run', run_id: run.id, from, seq: run.seq, events: [], patch };
    if (world.loseRunFrames > 0) world.loseRunFrames--;
    else for (const socket of run.sockets) socket.send(JSON.stringify(frame));
    const open = Object.entries(run.view.questions).map(([id, question]) => [
      id,
      question.status === 'open'
        ? { run_id: run.id, workflow: run.view.workflow, step: 'Ask', prompt: question.prompt, schema: question.schema, deadline: question.deadline, default: question.default }
        : null,
    ]);
    tell(run.person, 'run.updated', { runs: { [run.id]: brief(run) }, questions: Object.fromEntries(open) });
  }

  function brief({ view }) {
    const { workflow, title, status, created_at, started_at = created_at, completed_at } = view;
    return { workflow, title, status, started_at, ...(completed_at && { ended_at: completed_at }) };
  }

  function later(work) {
    setTimeout(work, world.commitAfter);
  }
}
