// A browser and the judges every page goes through.
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = new URL('../../', import.meta.url);
const require = createRequire(new URL('web/package.json', root));
const { chromium } = require('playwright-core');
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export function launch() {
  return chromium.launch({
    executablePath: process.env.RIPEN_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
    ],
  });
}

/** A page that remembers everything that went wrong on it. */
export async function openPage(browser, { width = 1440, height = 900, theme = 'light', locale = 'en-GB' } = {}) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: theme, locale });
  const problems = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.violatedDirective} blocked ${event.blockedURI} ${event.sample}`);
    });
  });
  return { page, problems };
}

/** Until the figures are drawn. */
export async function visit(page, address) {
  await page.goto(address);
  await page.waitForFunction(() => document.querySelector('main h1') !== null && document.querySelector('[aria-busy=true]') === null && document.querySelector('.truth .front') !== null);
  await page.evaluate(async () => {
    await document.fonts.ready;
    // The charts measure their width once they stand on the page, and are drawn again.
    for (let i = 0; i < 3; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
}

/** What axe finds, one line each. The policy blocks injected scripts, so axe runs in the isolated way. */
export async function axe(page) {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const found = await globalThis.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).slice(0, 4).join('; ')}`);
  });
}

/** How far the page can be scrolled sideways, in pixels, and by what. */
export function sideways(page) {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > room + 0.5)
      .slice(0, 5)
      .map((element) => `${element.tagName} ${element.className} ends at ${element.getBoundingClientRect().right}`);
  });
}

/** Everything a reader or a screen reader gets: text, names of pictures and controls, the title. */
export function wordsOf(page) {
  return page.evaluate(() => {
    const named = [...document.querySelectorAll('[aria-label]')].map((element) => element.getAttribute('aria-label'));
    const hidden = [...document.querySelectorAll('svg text')].map((element) => element.textContent);
    return [document.title, document.body.innerText, document.body.textContent, ...named, ...hidden].join('\n');
  });
}

const catalogue = JSON.parse(readFileSync(new URL('i18n/banned.json', root), 'utf8'));

/** The banned words in a text; those written in capitals count only in capitals. */
export function bannedIn(text, language) {
  return catalogue[language].filter((word) => {
    const pattern = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`(?<![\\p{L}\\p{N}-])${pattern}(?![\\p{L}\\p{N}-])`, word === word.toUpperCase() ? 'u' : 'iu').test(text);
  });
}

/** Keeps a screenshot if somebody asked for them. */
export async function keepPicture(page, name) {
  const folder = process.env.RIPEN_PICTURES;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  // Hiding the caret would leave style attributes behind.
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true, caret: 'initial' });
}
