// The built dashboard in the states that the real program's example does not have.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { launch, openPage, root, visit } from './chromium.mjs';
import { inLanguage, judge, languages, pagesFor } from './pages.mjs';

const require = createRequire(new URL('web/package.json', root));
const pages = pagesFor({ age_group: '25-34' });

let browser;
let server;
let address;

before(async () => {
  const { preview } = await import(require.resolve('vite'));
  const folder = fileURLToPath(new URL('web/', root));
  delete process.env.RIPEN_URL;
  server = await preview({ root: folder, configFile: `${folder}vite.config.ts`, preview: { port: 0, host: '127.0.0.1' }, logLevel: 'error' });
  address = `http://127.0.0.1:${server.httpServer.address().port}/`;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

for (const world of ['ranges', 'calm', 'small', 'young', 'empty']) {
  test(`every page in the world "${world}"`, async () => {
    process.env.RIPEN_WORLD = world;
    for (const [name, page] of Object.entries(pages)) {
      for (const [language, theme, width] of [['en', 'light', 1440], ['de', 'dark', 390]]) {
        await judge(browser, address + inLanguage(page, language), { language, theme, width, name: `${world}-${name}` });
      }
    }
  });
}

test('a group too small has no figure on its page', async () => {
  process.env.RIPEN_WORLD = 'small';
  for (const language of languages) {
    await judge(browser, address + inLanguage('group?missing=region', language), { language, theme: 'light', width: 1440, name: 'small-group' });
  }
  const { page } = await openPage(browser);
  await visit(page, `${address}group?missing=region&lang=en`);
  const text = await page.locator('main').innerText();
  assert.match(text, /too few recommendations for a reliable figure/);
  assert.doesNotMatch(text, /in 100/);
  await page.close();
});

test('an unknown group and an unknown page say so', async () => {
  process.env.RIPEN_WORLD = 'usual';
  for (const language of languages) {
    await judge(browser, address + inLanguage('group?is=age_group:7-9', language), { language, theme: 'light', width: 1440, name: 'unknown-group' });
    await judge(browser, address + inLanguage('nowhere', language), { language, theme: 'light', width: 390, name: 'missing' });
  }
});

test("an error shows the program's sentence and offers to ask again", async () => {
  process.env.RIPEN_WORLD = 'broken';
  for (const language of languages) {
    await judge(browser, address + inLanguage('', language), {
      language, theme: 'light', width: 390, name: 'error', wait: '[role=alert]', expected: [/500/],
    });
  }
  const { page } = await openPage(browser);
  await page.goto(`${address}?lang=en`);
  await page.waitForSelector('[role=alert]');
  assert.match(await page.locator('[role=alert]').innerText(), /The store shop\.duckdb cannot be read\./);
  process.env.RIPEN_WORLD = 'usual';
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: /aged 25-34/ }).waitFor();
  await page.close();
});

test('a drill is chosen, started, followed and answered, and its link shows the same', async () => {
  process.env.RIPEN_WORLD = 'usual';
  for (const [language, width, theme] of [['en', 1440, 'light'], ['de', 390, 'dark'], ['de', 320, 'light']]) {
    const { page } = await openPage(browser, { width, theme });
    await visit(page, `${address}drill?lang=${language}`);
    const form = page.locator('form');
    await form.locator('select').nth(1).selectOption('age_group');
    await form.locator('select').nth(2).selectOption({ label: '35–44' });
    await form.locator('input[type=number]').first().fill('50');
    await form.locator('input[type=number]').first().press('Tab');
    await form.getByRole('button').click();
    await page.getByRole('progressbar').waitFor();
    await page.locator('#noticed-title').waitFor();
    const headline = await page.locator('main h2.finding').innerText();
    assert.match(headline, /35-44.* 50 %|50 % .*35-44/s);
    assert.match(page.url(), /is=age_group:35-44&stage=click&change=-50&days=10&drill=\d+/);
    await judge(browser, page.url(), { language, theme, width, name: 'drill-answer', wait: '#noticed-title' });
    const { page: other } = await openPage(browser);
    await other.goto(page.url());
    await other.locator('#noticed-title').waitFor();
    assert.equal(await other.locator('main h2.finding').innerText(), headline);
    // The answer stays, and says so, when something else is chosen.
    await form.locator('input[type=number]').nth(1).fill('5');
    await form.locator('input[type=number]').nth(1).press('Tab');
    await page.locator('.stale').waitFor();
    await other.close();
    await page.close();
  }
});

test('a drill that cannot be made says why, and one that is gone keeps its settings', async () => {
  process.env.RIPEN_WORLD = 'usual';
  for (const language of languages) {
    const { page } = await openPage(browser);
    await visit(page, `${address}drill?stage=return&lang=${language}`);
    await page.locator('form button').click();
    const refusal = page.locator('main [role=alert]');
    await refusal.waitFor();
    assert.match(await refusal.innerText(), language === 'en' ? /could not be tried[^]*too few outcomes/ : /ließ sich nicht ausprobieren[^]*auf Englisch[^]*too few outcomes/);
    await judge(browser, page.url(), { language, theme: 'light', width: 390, name: 'drill-refused', wait: 'main [role=alert]' });
    await page.goto(`${address}drill?stage=purchase&change=30&drill=99999&lang=${language}`);
    await refusal.waitFor();
    assert.match(await refusal.innerText(), language === 'en' ? /not kept any longer/ : /nicht mehr aufbewahrt/);
    assert.equal(await page.locator('form select').first().inputValue(), 'purchase');
    process.env.RIPEN_WORLD = 'busy';
    await page.locator('form button').click();
    await page.getByText(language === 'en' ? 'Too many are waiting' : 'zu viele Versuche').waitFor();
    process.env.RIPEN_WORLD = 'usual';
    await page.close();
  }
});

test('while the program is silent the page says that it loads', async () => {
  process.env.RIPEN_WORLD = 'silent';
  await judge(browser, address + inLanguage('', 'en'), { language: 'en', theme: 'light', width: 1440, name: 'loading', wait: '[aria-busy=true]' });
});

test('with ranges, every provisional bar has its range and every sentence its date', async () => {
  process.env.RIPEN_WORLD = 'ranges';
  const { page } = await openPage(browser);
  await visit(page, `${address}?lang=en`);
  const lines = await page.locator('.tag[data-maturity=provisional]').evaluateAll((tags) => tags.map((tag) => tag.parentElement.innerText));
  const sentences = lines.filter((line) => !line.includes('height ='));
  assert.ok(sentences.length >= 2, 'clicks and purchases are provisional in this world');
  for (const sentence of sentences) assert.match(sentence, /about [\d.]+ \([\d.]+–[\d.]+\)\. At least [\d.]+ already\. Settles \d+ \w+\./);
  await page.close();
});

test('language and theme switch without a reload, and the address keeps the language', async () => {
  process.env.RIPEN_WORLD = 'usual';
  const { page } = await openPage(browser);
  await visit(page, address);
  await page.evaluate(() => (globalThis.stayed = true));
  await page.getByRole('button', { name: 'Deutsch' }).click();
  await page.getByRole('heading', { name: /von 25 bis 34 Jahren/ }).waitFor();
  assert.match(page.url(), /lang=de/);
  const before = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByRole('button', { name: 'Dunkel' }).click();
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), before);
  assert.equal(await page.evaluate(() => globalThis.stayed), true);
  await page.close();
});

test('an earlier date is chosen, said, and left again', async () => {
  process.env.RIPEN_WORLD = 'usual';
  const { page } = await openPage(browser);
  await visit(page, `${address}?lang=en`);
  await page.getByRole('button', { name: 'See an earlier date' }).click();
  await page.getByLabel('Show what we knew').fill('2026-11-05');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByText('what we knew at the end of 5 November').waitFor();
  assert.match(page.url(), /as_of=2026-11-05/);
  await page.getByRole('button', { name: 'Back to the newest' }).click();
  await page.getByRole('heading', { name: /aged 25-34/ }).waitFor();
  assert.doesNotMatch(page.url(), /as_of/);
  await page.close();
});

test('a day that is not over is counted apart, in both languages', async () => {
  process.env.RIPEN_WORLD = 'usual';
  const { page } = await openPage(browser);
  for (const [language, sentence] of [
    ['en', /Today \(.*\) is not over and not in these figures: 812 recommendations so far, 164 clicks, 31 purchases\./],
    ['de', /Heute \(.*\) ist noch nicht vorbei und nicht in diesen Zahlen: bisher 812 Empfehlungen, 164 Klicks, 31 Käufe\./],
  ]) {
    await visit(page, `${address}?lang=${language}`);
    await page.getByText(sentence).waitFor();
  }
  await page.close();
});

test('the printed overview is a few pages without controls', async () => {
  process.env.RIPEN_WORLD = 'usual';
  const { page } = await openPage(browser);
  await visit(page, `${address}?lang=en`);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.screen-only:visible').count(), 0);
  const pdf = await page.pdf({ format: 'A4' });
  const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
  assert.ok(sheets >= 1 && sheets <= 4, `${sheets} sheets`);
  await page.close();
});
