// The page in a real browser. MICROCOS_URL names a running Micro CoS; without it a stand-in is started, and those
// tests run too that restart the server or make it refuse.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { startFake, World } from '../fake-server.mjs';
import {
  addTask,
  answer,
  becomes,
  CHROMIUM,
  drafted,
  launch,
  live,
  say,
  signIn,
  somebody,
  task,
  VIEWS,
  violations,
  watchAnswers,
} from './browser.mjs';

const REAL = process.env.MICROCOS_URL;

describe('the page', { skip: CHROMIUM ? false : 'no Chromium here; install it, or name it by CHROMIUM' }, () => {
  let browser, fake, url;

  before(async () => {
    browser = await launch();
    fake = REAL ? undefined : await startFake();
    url = REAL ?? fake.url;
  });
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  after(async () => {
    await browser?.close();
    await fake?.close();
  });

  test('shows an answer while it is being written', async () => {
    const page = await signIn(browser, url, somebody());
    const seen = await watchAnswers(page);
    await say(page, 'What can you do for me?');
    await page.locator('.message.user', { hasText: 'What can you do for me?' }).waitFor();
    await answer(page);
    const whole = await page.locator('.message.assistant .prose').textContent();
    const early = (await seen())[0] ?? whole;
    assert.ok(early.length < whole.length, `it grew from ${early.length} to ${whole.length} characters`);
    await becomes(() => page.locator('.message').count(), 2);
    assert.deepEqual(page.complaints, []);
  });

  test('says what it is and offers examples to somebody new', async () => {
    const page = await signIn(browser, url, somebody());
    const examples = page.getByRole('list', { name: 'Examples' }).getByRole('button');
    await becomes(() => examples.count(), 3);
    await examples.first().click();
    assert.ok((await answer(page)).length > 0);
  });

  test('keeps tasks: adds, edits, completes, reopens, dismisses, deletes', async () => {
    const page = await signIn(browser, url, somebody());
    await addTask(page, 'Call Ana');
    await addTask(page, 'Water the plants');

    await task(page, 'Call Ana').getByRole('button').click();
    await page.getByLabel('Title').fill('Call Ana about the flat');
    await page.getByLabel('Due').fill('2030-01-31');
    await page.getByLabel('Priority').selectOption('high');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Save' }).click();
    const edited = task(page, 'Call Ana about the flat');
    await edited.getByText('31 Jan 2030').waitFor();
    await edited.getByText('High').waitFor();

    await edited.getByRole('checkbox').click();
    await page.getByText('Finished (1)').click();
    await becomes(() => edited.getAttribute('data-status'), 'done');
    await edited.getByRole('checkbox').click();
    await page.getByText('Finished').waitFor({ state: 'detached' });
    await becomes(() => edited.getAttribute('data-status'), 'open');

    await task(page, 'Water the plants').getByRole('button').click();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText('Finished (1)').waitFor();
    await edited.getByRole('button').click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await edited.waitFor({ state: 'detached' });

    await page.reload();
    await live(page);
    await page.getByText('Finished (1)').waitFor();
    await becomes(() => page.getByRole('list', { name: 'Open tasks' }).count(), 0);
    assert.deepEqual(page.complaints, []);
  });

  test('keeps a calendar: adds, for a day or an hour of it, and removes', async () => {
    const page = await signIn(browser, url, somebody());
    const upcoming = page.getByRole('region', { name: 'Upcoming' });
    for (const [title, time] of [['Dentist', '09:30'], ['Holiday', '']]) {
      await upcoming.getByRole('button', { name: 'Add to the calendar' }).click();
      await upcoming.getByLabel('What').fill(title);
      await upcoming.getByLabel('Day').fill('2040-02-03');
      if (time) await upcoming.getByLabel('Time').fill(time);
      await page.keyboard.press('Enter');
      await upcoming.locator('li[data-id^=cal_]', { hasText: title }).waitFor();
    }
    await page.reload();
    await live(page);
    await upcoming.locator('li', { hasText: 'Dentist' }).getByText('3 Feb 2040').waitFor();
    await becomes(() => upcoming.locator('li .text').allInnerTexts(), ['Holiday', 'Dentist']);
    await upcoming.getByRole('button', { name: 'Remove Holiday' }).click();
    await upcoming.getByText('Holiday').waitFor({ state: 'detached' });
    await page.reload();
    await live(page);
    await upcoming.getByText('Dentist').waitFor();
    await becomes(() => upcoming.locator('li').count(), 1);
    assert.deepEqual(page.complaints, []);
  });

  test('starts a run, asks what it asks, and shows its end', async () => {
    const page = await signIn(browser, url, somebody());
    await page.getByRole('link', { name: 'Runs', exact: true }).click();
    await page.getByRole('link', { name: 'New run' }).click();
    await page.getByRole('link', { name: /^Ask for an approval/ }).click();
    await page.getByLabel('What is to be approved').fill('A bench for the garden');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.waitForURL(/#\/runs\/run_/);
    await page.getByRole('article', { name: 'Question' }).getByText('A bench for the garden').waitFor();
    await page.getByRole('link', { name: 'Runs 1 waiting for you' }).click();
    const inbox = page.getByRole('region', { name: 'Waiting for you' });
    await inbox.getByText('A bench for the garden').waitFor();
    await inbox.getByLabel('Yes').check();
    await inbox.getByRole('button', { name: 'Answer' }).click();
    await inbox.getByRole('article').waitFor({ state: 'detached' });
    await page.getByRole('list', { name: 'Runs', exact: true }).getByRole('link').first().click();
    await page.locator('.status', { hasText: 'Done' }).waitFor();
    await page.locator('.steps > li[data-name=Ask][data-status=completed]').waitFor();
    await page.getByText('Result', { exact: true }).click();
    await page.locator('.state .leaf', { hasText: 'approved true' }).first().waitFor();
    assert.deepEqual(page.complaints, []);
  });

  test('keeps the same conversation in two windows', async () => {
    const name = somebody();
    const [one, two] = [await signIn(browser, url, name), await signIn(browser, url, name)];
    await say(one, 'What can you do for me?');
    await addTask(two, 'Seen by both');
    await task(one, 'Seen by both').waitFor();
    assert.equal(await answer(two), await answer(one));
  });

  test('shows what was said before after a reload, and signs out', async () => {
    const page = await signIn(browser, url, somebody());
    await say(page, 'What is on my list?');
    const said = await answer(page);
    await page.reload();
    await live(page);
    assert.equal(await answer(page), said);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await becomes(() => page.evaluate(() => sessionStorage.getItem('microcos.tokens')), null);
  });

  test('gives a text back that is refused', async () => {
    const page = await signIn(browser, url, somebody());
    const long = 'a'.repeat(17 * 1024);
    await say(page, long);
    await page.getByRole('alert').getByText('Not sent.').waitFor();
    await drafted(page, long);
    await becomes(() => page.locator('.message').count(), 0);
  });

  test('never runs what is said', async () => {
    const page = await signIn(browser, url, somebody());
    await say(page, '<img src=x onerror="document.title=1"> **bold** [x](javascript:alert(1))');
    await answer(page);
    await becomes(() => page.locator('.messages img, .messages a[href^=javascript]').count(), 0);
    await becomes(() => page.title(), 'Micro CoS');
  });

  test('queues what is said without a connection and sends it once', async () => {
    const page = await signIn(browser, url, somebody());
    await page.context().setOffline(true);
    await say(page, 'Said in a tunnel');
    await page.locator('.message.user[data-status=pending]').waitFor();
    await page.context().setOffline(false);
    await page.locator('.message.user[data-status=complete]', { hasText: 'Said in a tunnel' }).waitFor();
    await answer(page);
    await becomes(() => page.locator('.message.user').count(), 1);
    await becomes(() => page.evaluate(() => Object.keys(localStorage).filter((k) => k.includes('outbox')).length), 0);
  });

  for (const [name, options] of Object.entries(VIEWS)) {
    test(`is accessible ${name}`, async () => {
      const page = await signIn(browser, url, somebody(), { reducedMotion: 'reduce', ...options });
      await violations(page, 'empty');
      await say(page, 'What can you do for me?');
      await answer(page);
      await violations(page, 'conversation');
      const link = page.getByRole('link', { name: 'Tasks' });
      if (await link.isVisible()) await link.click();
      await addTask(page, 'Call Ana');
      await task(page, 'Call Ana').getByRole('button').click();
      await page.getByRole('button', { name: 'Add to the calendar' }).click();
      await violations(page, 'tasks');
    });
  }

  test('is used by keyboard alone', async () => {
    const page = await signIn(browser, url, somebody());
    await page.keyboard.type('Say something');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('in two lines');
    await page.keyboard.press('Enter');
    await answer(page);
    await becomes(() => page.locator('.bubble').innerText(), 'Say something\nin two lines');
    await becomes(() => page.evaluate(() => document.activeElement.tagName), 'TEXTAREA');
  });

  describe('with a server that the test commands', { skip: REAL ? 'needs the stand-in' : false }, () => {
    afterEach(() => {
      fake.world.held = fake.world.down = false;
      fake.world.keep = Infinity;
    });

    test('shows the first words of an answer before there are others', async () => {
      const page = await signIn(browser, url, somebody());
      fake.world.held = true;
      await say(page, 'What can you do for me?');
      const streaming = page.locator('.message.assistant[data-status=streaming] .prose');
      await streaming.getByText('offline model').waitFor();
      assert.match(await streaming.innerText(), /^I am the offline model:$/);
      fake.world.held = false;
      assert.match(await answer(page), /MICROCOS_MODEL_URL/);
    });

    test('stops an answer by Escape', async () => {
      const page = await signIn(browser, url, somebody());
      fake.world.held = true;
      await say(page, 'Tell me something long');
      await page.locator('.message.assistant .prose').getByText('This goes on').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('.message.assistant[data-status=cancelled]').waitFor();
      assert.match(await page.locator('.message.assistant').innerText(), /This goes on.*Stopped\./s);
    });

    test('says why an answer failed, and has it written anew, in its place', async () => {
      const page = await signIn(browser, url, somebody());
      await say(page, 'fail: this');
      await page.locator('.fate', { hasText: 'No answer came: the model is busy.' }).waitFor();
      await page.reload();
      await page.locator('.fate', { hasText: 'No answer came: the model is busy.' }).waitFor();
      await page.getByRole('button', { name: 'Answer again' }).click();
      await page.locator('.message.assistant[data-status=complete]').getByText('after all').waitFor();
      await becomes(() => page.locator('.message').count(), 2);
    });

    test('keeps of an answer that broke off what was read', async () => {
      const page = await signIn(browser, url, somebody());
      await say(page, 'cut: this');
      await page.locator('.fate', { hasText: 'The answer broke off: the stream broke off.' }).waitFor();
      await page.locator('.message.assistant[data-status=failed] .prose').getByText('Once upon a').waitFor();
      await page.reload();
      await page.locator('.fate', { hasText: 'The answer broke off: the stream broke off.' }).waitFor();
      await page.locator('.message.assistant[data-status=failed] .prose').getByText('Once upon a').waitFor();
      await page.getByRole('button', { name: 'Answer again' }).click();
      await page.locator('.message.assistant[data-status=complete]').getByText('after all').waitFor();
    });

    test('takes back what the rules refuse, and gives the text back', async () => {
      const page = await signIn(browser, url, somebody());
      await say(page, 'reject: this');
      await page.getByRole('alert').getByText('Not sent. At most 60 messages a minute.').waitFor();
      await drafted(page, 'reject: this');
      await becomes(() => page.locator('.message').count(), 0);
    });

    test('shows a message at once and lets it be sent again after a fault', async () => {
      const page = await signIn(browser, url, somebody());
      fake.world.down = true;
      await say(page, 'Into the void');
      await page.locator('.message.user[data-status=pending]').waitFor();
      await page.locator('.fate', { hasText: 'Not sent. The inbox cannot be reached.' }).waitFor();
      fake.world.down = false;
      await page.getByRole('button', { name: 'Try again' }).click();
      await answer(page);
      await becomes(() => page.locator('.message.user').count(), 1);
    });

    test('goes back through what was said before, and stays where the reader is', async () => {
      const name = somebody();
      fake.world.keep = 4;
      fake.past(name, 150);
      const page = await signIn(browser, url, name);
      await page.getByText('Question 150', { exact: true }).waitFor();
      const box = page.getByRole('region', { name: 'Conversation so far' });
      await page.waitForFunction(() => document.querySelectorAll('.message').length > 4);

      const top = page.getByText('Question 140', { exact: true });
      await top.scrollIntoViewIfNeeded();
      for (let rounds = 0; rounds < 40 && (await page.getByText('Question 1', { exact: true }).count()) === 0; rounds++) {
        const before = await page.locator('.message').count();
        await box.evaluate((element) => (element.scrollTop = 0));
        await page.waitForFunction((count) => document.querySelectorAll('.message').length > count, before);
        // What was first is not first any more.
        await page.waitForFunction((element) => element.scrollTop > 0, await box.elementHandle());
      }
      await becomes(() => page.locator('.message').count(), 300);
      const questions = Array.from({ length: 150 }, (_, i) => `Question ${i + 1}`);
      await becomes(() => page.locator('.message .bubble').allInnerTexts(), questions);
      await page.getByRole('button', { name: 'Newest' }).click();
      await say(page, 'What can you do for me?');
      await answer(page);
      await becomes(() => page.locator('.message').count(), 302);
    });

    test('comes back after the server restarted, without a gap', async () => {
      const world = new World();
      let server = await startFake({ world });
      const page = await signIn(browser, server.url, somebody());
      const other = await signIn(browser, server.url, somebody());
      await addTask(page, 'Before');
      const port = server.port;
      await server.close();
      await page.locator('.connection:not([data-state=live])').waitFor();
      await say(page, 'Said while it was down');
      await page.locator('.message.user[data-status=pending]').waitFor();
      server = await startFake({ world, port });
      await live(page);
      await page.locator('.message.user[data-status=complete]').waitFor();
      await answer(page);
      await addTask(page, 'After');
      await becomes(() => page.locator('li.task').count(), 2);
      await becomes(() => page.locator('.message.user').count(), 1);
      await live(other);
      await server.close();
    });
  });
});
