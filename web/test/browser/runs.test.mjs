// Runs in the page, in a real browser, on a stand-in whose runs the tests hold and let go.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { startFake } from '../fake-server.mjs';
import { becomes, CHROMIUM, launch, live, signIn, somebody, violations, VIEWS } from './browser.mjs';

const REAL = process.env.MICROCOS_URL;
const skip = !CHROMIUM ? 'no Chromium here; install it, or name it by CHROMIUM' : REAL ? 'needs the stand-in' : false;

describe('runs, with a server that the test commands', { skip }, () => {
  let browser, fake;

  before(async () => {
    browser = await launch();
    fake = await startFake();
  });
  afterEach(async () => {
    Object.assign(fake.world, { runsHeld: false, runFramesTooLarge: false, loseRunFrames: 0, answeredBy: undefined, down: false });
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  after(async () => {
    await browser?.close();
    await fake?.close();
  });

  test('a run is started by a form and goes on before the eyes of the person', async () => {
    const page = await signIn(browser, fake.url, somebody());
    fake.world.runsHeld = true;
    await page.getByRole('link', { name: 'Runs' }).click();
    await page.getByText('Nothing has run yet.').waitFor();
    await page.getByRole('link', { name: 'New run' }).click();
    await page.getByRole('link', { name: /Write a report/ }).click();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('Please fill this in.').waitFor();
    await page.getByLabel('Topic').fill('the garden');
    await page.keyboard.press('Enter');
    await status(page, 'Running');
    assert.match(page.url(), /#\/runs\/run_[0-9a-f-]+$/);
    await page.getByText('No step has begun.').waitFor();
    fake.world.runsHeld = false;
    await status(page, 'Done');
    await becomes(() => page.locator('.steps .text').allInnerTexts(), ['Plan the parts', 'Write the parts', 'Join them']);
    await page.locator('.steps').getByText('1,156 tokens').first().waitFor();
    // The state has a null in it, which no frame could tell.
    await page.locator('.state details[open] > .json > .leaf', { hasText: 'rejected null' }).waitFor();
    await page.locator('.steps summary').first().click();
    await page.getByText('add /plan').waitFor();
    assert.deepEqual(page.complaints, []);
  });

  test('an address of a run opens it, also before a sign-in', async () => {
    const name = somebody();
    const first = await signIn(browser, fake.url, name);
    await start(first, 'report', { Topic: 'the roof' });
    await status(first, 'Done');
    const page = await signIn(browser, first.url(), name);
    await page.getByRole('heading', { name: 'A report on the roof' }).waitFor();
    await page.waitForFunction(() => document.title === 'A report on the roof · Micro CoS');
    await status(page, 'Done');
    await page.goto(`${fake.url}/#/runs/run_nowhere`);
    await page.getByText('There is no such run.').waitFor();
  });

  test('a question is answered where it is asked, and the run goes on', async () => {
    const page = await signIn(browser, fake.url, somebody());
    await start(page, 'purchase', { 'What is it about?': 'A chair' }, ['high']);
    await page.getByText('A chair needs your decision').waitFor();
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.getByText('Please fill this in.').waitFor();
    await page.getByLabel('Yes').check();
    await page.getByLabel('A word with it').fill('no');
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.getByText('must say more').waitFor();
    await page.getByLabel('A word with it').fill('A good one');
    await page.getByRole('button', { name: 'Answer' }).click();
    await status(page, 'Done');
    await page.locator('.state details[open] > .json > .leaf', { hasText: 'outcome "bought"' }).waitFor();
    await page.getByRole('link', { name: 'Runs', exact: true }).first().waitFor();
  });

  test('the inbox has the questions of all runs, and says who was first', async () => {
    const page = await signIn(browser, fake.url, somebody());
    await start(page, 'purchase', { 'What is it about?': 'A lamp' }, ['low']);
    await page.getByText('A lamp needs your decision').waitFor();
    await start(page, 'purchase', { 'What is it about?': 'A desk' }, ['low']);
    await page.getByText('A desk needs your decision').waitFor();
    const link = page.getByRole('link', { name: 'Runs 2 waiting for you' });
    await link.click();
    const inbox = page.getByRole('region', { name: 'Waiting for you' });
    await becomes(() => inbox.getByRole('article').count(), 2);
    const lamp = inbox.getByRole('article').filter({ hasText: 'A lamp needs' });
    await lamp.getByText('else it is Approved: no').waitFor();
    await lamp.getByLabel('No').check();
    await lamp.getByRole('button', { name: 'Answer' }).click();
    await lamp.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Runs 1 waiting for you' }).waitFor();
    fake.world.answeredBy = 'bo';
    await inbox.getByLabel('Yes').check();
    await inbox.getByRole('button', { name: 'Answer' }).click();
    await inbox.getByText(/Already answered by bo/).first().waitFor();
  });

  test('what the server finds wrong stands beside its field', async () => {
    const page = await signIn(browser, fake.url, somebody());
    await page.goto(`${fake.url}/#/start/purchase`);
    await page.getByLabel('What is it about?').fill('ab');
    await page.getByLabel('low').check();
    await page.getByLabel('People').fill('2.5');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('This must be a whole number.').waitFor();
    await page.getByLabel('People').fill('2');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.locator('.field', { hasText: 'What is it about?' }).getByText('must be at least 3 characters long').waitFor();
    await page.waitForFunction(() => document.activeElement.getAttribute('aria-invalid') === 'true');
  });

  test('a run is cancelled once the person is sure', async () => {
    const page = await signIn(browser, fake.url, somebody());
    await start(page, 'purchase', { 'What is it about?': 'A boat' }, ['high']);
    await page.getByText('A boat needs your decision').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Let it go on' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Cancel the run' }).click();
    await status(page, 'Cancelled');
    await becomes(() => page.getByRole('button', { name: 'Cancel' }).count(), 0);
  });

  test('a run that failed says why, and runs again from there after a preview', async () => {
    const page = await signIn(browser, fake.url, somebody());
    await start(page, 'report', { Topic: 'failures' });
    await status(page, 'Failed');
    await page.getByRole('alert').getByText('No capacity for llama3-3-70b.').waitFor();
    await page.locator('.steps').getByText('attempt 3').waitFor();
    await page.getByRole('button', { name: 'Run again' }).click();
    const again = page.getByRole('group', { name: 'Run again' });
    await becomes(() => again.getByLabel('From').inputValue(), 'Write');
    await again.getByText('Write, Join').waitFor();
    await again.getByLabel('From').selectOption('');
    await again.getByText('Plan, Write, Join').waitFor();
    await again.getByLabel('From').selectOption('Write');
    await again.getByText('Write, Join').waitFor();
    await again.getByRole('button', { name: 'Run again' }).click();
    await page.getByRole('link', { name: 'Rerun of an earlier one' }).waitFor();
    await status(page, 'Done');
    await becomes(() => page.locator('.steps .text').allInnerTexts(), ['Write the parts', 'Join them']);
  });

  for (const [what, world] of Object.entries({
    'frames that get lost': { loseRunFrames: 3 },
    'frames that would be too large': { runFramesTooLarge: true },
  })) {
    test(`a run is whole in spite of ${what}`, async () => {
      const page = await signIn(browser, fake.url, somebody());
      fake.world.runsHeld = true;
      await start(page, 'report', { Topic: 'the sea' });
      await status(page, 'Running');
      Object.assign(fake.world, world, { runsHeld: false });
      await status(page, 'Done');
      await page.locator('.state details[open] > .json > .leaf', { hasText: 'rejected null' }).waitFor();
      await becomes(() => page.locator('.steps > li[data-status=completed]').count(), 3);
    });
  }

  test('older runs are read when asked for, and lists are filtered', async () => {
    const name = somebody();
    fake.pastRuns(name, 180);
    const page = await signIn(browser, fake.url, name);
    await start(page, 'report', { Topic: 'the wind' });
    await status(page, 'Done');
    await page.goto(`${fake.url}/#/runs`);
    const rows = page.getByRole('list', { name: 'Runs' }).getByRole('listitem');
    await page.getByText('Tidied 180', { exact: true }).waitFor();
    await becomes(() => rows.count(), 101);
    await page.getByRole('button', { name: 'Show older runs' }).click();
    await page.getByText('Tidied 32', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Show older runs' }).click();
    await page.getByText('Tidied 1', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Show older runs' }).waitFor({ state: 'detached' });
    await becomes(() => rows.count(), 181);
    await page.getByLabel('Workflow').selectOption('report');
    await page.getByText('Tidied 1', { exact: true }).waitFor({ state: 'detached' });
    await becomes(() => rows.count(), 1);
    await page.getByLabel('Status').selectOption('failed');
    await page.getByText('No run here is like that.').waitFor();
  });

  test('schedules are made, shown with their next times, switched off, changed and deleted', async () => {
    const page = await signIn(browser, fake.url, somebody());
    await page.getByRole('link', { name: 'Schedules' }).click();
    await page.getByText('Nothing starts by itself yet.').waitFor();
    await page.getByRole('button', { name: 'New schedule' }).click();
    await page.getByLabel('Workflow').selectOption('report');
    await page.getByLabel('Name').fill('morning');
    await page.getByLabel('When').fill('each morning');
    await page.getByLabel('Topic').fill('the day');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('is none of cron(…), rate(…), at(…)').waitFor();
    await page.getByLabel('When').fill('cron(0 8 * * ? *)');
    await page.getByRole('button', { name: 'Save' }).click();
    const row = page.locator('.schedule[data-name=morning]');
    await row.getByText(/^Next 1 Jan 2030/).click();
    await becomes(() => row.locator('ol li').count(), 10);
    await row.getByRole('switch').click();
    await row.getByText(/^Next/).waitFor({ state: 'detached' });
    await row.getByRole('button', { name: 'Edit morning' }).click();
    await becomes(() => page.getByLabel('Topic').inputValue(), 'the day');
    await page.getByLabel('When').fill('rate(1 day)');
    await page.getByRole('button', { name: 'Save' }).click();
    await row.getByText('rate(1 day)').waitFor();
    await row.getByRole('button', { name: 'Delete morning' }).click();
    await row.getByRole('button', { name: 'Really delete morning' }).click();
    await row.waitFor({ state: 'detached' });
  });

  test('runs are followed again after the connection was lost', async () => {
    const page = await signIn(browser, fake.url, somebody());
    fake.world.runsHeld = true;
    await start(page, 'report', { Topic: 'the tide' });
    await status(page, 'Running');
    await page.context().setOffline(true);
    for (const person of fake.world.people.values()) for (const socket of person.sockets) socket.close(1012);
    await page.locator('.connection:not([data-state=live])').waitFor();
    fake.world.runsHeld = false;
    await page.context().setOffline(false);
    await live(page);
    await status(page, 'Done');
  });

  for (const [name, options] of Object.entries(VIEWS)) {
    test(`all of it is accessible ${name}`, async () => {
      const page = await signIn(browser, fake.url, somebody(), { reducedMotion: 'reduce', ...options });
      await page.goto(`${fake.url}/#/start`);
      await page.getByRole('list', { name: 'Workflows' }).waitFor();
      await violations(page, 'workflows');
      await page.getByRole('link', { name: /Buy something/ }).click();
      await page.getByRole('button', { name: 'Start' }).click();
      await page.getByText('Please fill this in.').first().waitFor();
      await violations(page, 'form');
      await start(page, 'purchase', { 'What is it about?': 'A chair' }, ['high']);
      await page.getByText('A chair needs your decision').waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await violations(page, 'question');
      await start(page, 'report', { Topic: 'failures' });
      await status(page, 'Failed');
      await page.getByRole('button', { name: 'Run again' }).click();
      await page.getByText('Keeps').waitFor();
      await page.locator('.steps summary').first().click();
      await violations(page, 'run');
      await page.goto(`${fake.url}/#/runs`);
      await page.getByRole('list', { name: 'Runs' }).waitFor();
      await violations(page, 'runs');
      await page.goto(`${fake.url}/#/schedules`);
      await page.getByRole('button', { name: 'New schedule' }).click();
      await page.getByLabel('Workflow').selectOption('tidy');
      await page.getByLabel('Name').fill('tidy');
      await page.getByLabel('When').fill('rate(1 day)');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText(/^Next/).click();
      await violations(page, 'schedules');
    });
  }
});

/** Starts a run by its form. */
async function start(page, workflow, fields, choices = []) {
  await page.goto(`${new URL(page.url()).origin}/#/start/${workflow}`);
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label).fill(text);
  for (const choice of choices) await page.getByLabel(choice).check();
  await page.getByRole('button', { name: 'Start' }).click();
  await page.waitForURL(/#\/runs\/run_/);
}

/** Waits until the run in sight has this status. */
async function status(page, text) {
  await page.locator('.status', { hasText: text }).waitFor();
}
