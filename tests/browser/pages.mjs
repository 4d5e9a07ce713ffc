// Which pages there are, and the judgement that each has to pass.
import assert from 'node:assert/strict';
import { axe, bannedIn, keepPicture, openPage, sideways, visit, wordsOf } from './chromium.mjs';

export const languages = ['en', 'de'];
export const themes = ['light', 'dark'];
export const widths = [1440, 390, 320];

/** Names for failures and pictures; addresses without a language. */
export function pagesFor(slice) {
  const [attribute, value] = Object.entries(slice)[0];
  return {
    overview: '',
    groups: 'groups',
    fairness: 'fairness?attribute=age_group',
    fairness_returns: 'fairness?stage=return',
    group: `group?is=${encodeURIComponent(`${attribute}:${value}`)}`,
    pair: `group?is=${encodeURIComponent(`${attribute}:${value}`)}&is=item_collection:Winter`,
    collections: 'collections',
    alerts: 'alerts',
    calendar: 'calendar',
    drill: `drill?is=${encodeURIComponent(`${attribute}:${value}`)}&change=-25`,
    ranking: 'ranking',
    signs: 'signs',
    engine: 'engine',
    report: 'report',
    changes: 'changes?as_of=2026-11-14',
  };
}

export function inLanguage(address, language) {
  return `${address}${address.includes('?') ? '&' : '?'}lang=${language}`;
}

/** Opens a page, opens its tables, and asserts what holds of every page in every state. */
export async function judge(browser, address, { language, theme, width, name, wait, expected = [] }) {
  const { page, problems } = await openPage(browser, { width, theme });
  try {
    if (wait === undefined) await visit(page, address);
    else {
      await page.goto(address);
      await page.waitForSelector(wait, { state: 'attached' });
    }
    await keepPicture(page, `${name}-${language}-${theme}-${width}`);
    await page.evaluate(() => document.querySelectorAll('details').forEach((element) => (element.open = true)));
    assert.deepEqual(await sideways(page), [], `${name}: sideways scroll`);
    assert.deepEqual(await axe(page), [], `${name}: axe`);
    // The engine room alone may name methods as programs do.
    if (!new URL(address).pathname.endsWith('/engine')) assert.deepEqual(bannedIn(await wordsOf(page), language), [], `${name}: banned words`);
    assert.equal(await page.evaluate(() => document.documentElement.lang), language);
    assert.equal(await page.locator('[style]').count(), 0, `${name}: style attributes`);
    assert.deepEqual(problems.filter((problem) => !expected.some((pattern) => pattern.test(problem))), [], `${name}: console`);
    // A provisional row shows a range, a pending one the words; the calendar's rows have no figure.
    const bare = await page.evaluate(() =>
      [...document.querySelectorAll('tr[data-maturity]')]
        .filter((row) => !row.closest('table').caption.textContent.match(/alendar|alender/))
        .filter((row) => row.dataset.maturity !== 'expected' || !/Nobody has confirmed|Von niemandem bestätigt/.test(row.textContent))
        .filter((row) => (row.dataset.maturity === 'provisional' ? !/\([\d.,]+–[\d.,]+\)/.test(row.textContent) : row.dataset.maturity === 'expected' || (row.dataset.maturity === 'pending' && !/Not yet known|Noch offen/.test(row.textContent))))
        .map((row) => row.textContent),
    );
    assert.deepEqual(bare, [], `${name}: a figure that hides how settled it is`);
  } finally {
    await page.close();
  }
}
