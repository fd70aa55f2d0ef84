// Chromium as the tests use it, and the few things that every test of the page does.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { chromium } from 'playwright-core';

const PATHS = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where Chromium is, or undefined; the environment variable CHROMIUM names another one. */
export const CHROMIUM = PATHS.find((path) => path && existsSync(path));

/** Opens a headless browser that looks nothing up on the net by itself. */
export function launch() {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** How long a test waits for what must come. Generous, since a busy machine is slow and not wrong. */
export const PATIENCE = 60_000;

let people = 0;

/** A person that nobody was before. */
export function somebody() {
  return `page-test-${Date.now().toString(36)}-${++people}`;
}

/**
 * Opens the page in a new window and signs in by the issuer's page. What the page complains about is kept in
 * `page.complaints`; a test that expects none checks that it is empty.
 */
export async function signIn(browser, url, name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(url);
  const field = page.getByRole('textbox').first();
  await page.getByRole('button', { name: /continue/i }).first().waitFor();
  if (await field.isVisible()) {
    await field.fill(name);
    await field.press('Enter');
  } else {
    await page.getByRole('button', { name: /continue/i }).first().click();
  }
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && page.complaints.push(message.text()));
  await live(page);
  return page;
}

/** Waits until the page is in step with the server. */
export async function live(page) {
  await page.locator('.connection[data-state=live]').waitFor();
}

/** Writes a message and sends it by Enter. */
export async function say(page, text) {
  await page.getByLabel('Message', { exact: true }).fill(text);
  await page.keyboard.press('Enter');
}

/** Waits until what is read is what is expected: the page draws a little after what made it. */
export async function becomes(read, expected) {
  const until = Date.now() + PATIENCE;
  let now = await read();
  while (!isDeepStrictEqual(now, expected) && Date.now() < until) {
    await pause(50);
    now = await read();
  }
  assert.deepEqual(now, expected);
}

/** Waits until this text stands where messages are written. */
export async function drafted(page, text) {
  await page.waitForFunction((wanted) => document.querySelector('.composer textarea').value === wanted, text);
}

/** The last answer, once it is whole. */
export async function answer(page) {
  const last = page.locator('.message.assistant').last();
  await last.and(page.locator('[data-status=complete]')).waitFor();
  return last.innerText();
}

/** Notes every text that an answer shows while it streams; gives what was seen so far when asked. */
export async function watchAnswers(page) {
  await page.evaluate(() => {
    globalThis.seen = [];
    new MutationObserver(() => {
      const text = document.querySelector('.message.assistant[data-status=streaming] .prose')?.textContent;
      if (text) globalThis.seen.push(text);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => globalThis.seen);
}

/** Adds a task and waits until the server has confirmed it. */
export async function addTask(page, title) {
  await page.getByLabel('New task').fill(title);
  await page.keyboard.press('Enter');
  await task(page, title).and(page.locator('[data-id^=task_]')).waitFor();
}

/** The task of that title. */
export function task(page, title) {
  return page.locator('li.task', { has: page.getByText(title, { exact: true }) });
}

/** How the page is looked at. */
export const VIEWS = {
  'in light colours': {},
  'in dark colours': { colorScheme: 'dark' },
  'on a phone': { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true },
};

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Fails if axe finds fault with what is in sight, or something is wider than the window. */
export async function violations(page, where) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  const told = violations.map((v) => `${v.id}: ${v.help}\n  ${v.nodes.map((n) => n.html).join('\n  ')}`);
  assert.deepEqual(told, [], where);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${where}: nothing overflows`);
}
