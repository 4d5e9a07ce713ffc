// The built dashboard in the states that the real program's example does not have.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
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

for (const world of ['ranges', 'calm', 'small', 'young', 'empty', 'alerts']) {
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

test('the arrow keys choose whether it falls or rises', async () => {
  process.env.RIPEN_WORLD = 'usual';
  const { page } = await openPage(browser);
  await visit(page, `${address}drill?change=-40&lang=en`);
  await page.getByRole('radio', { name: 'falls' }).focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.getByRole('radio', { name: 'rises' }).isChecked(), true);
  assert.match(page.url(), /change=40/);
  await page.keyboard.press('ArrowLeft');
  assert.match(page.url(), /change=-40/);
  await page.close();
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

const answersInOrder = {
  en: ['What happened', 'Who is affected', 'Since when', 'How sure are we', 'What it may cost', 'What to check next'],
  de: ['Was ist passiert', 'Wer ist betroffen', 'Seit wann', 'Wie sicher sind wir', 'Was es kosten kann', 'Was als Nächstes prüfen'],
};

test('open alerts come first, each in six answers in their order, ended ones are folded', async () => {
  process.env.RIPEN_WORLD = 'alerts';
  for (const language of languages) {
    const { page } = await openPage(browser);
    await visit(page, `${address}alerts?lang=${language}`);
    const cards = page.locator('section[data-incident]');
    assert.equal(await cards.count(), 2);
    const questions = await cards.evaluateAll((all) => all.map((card) => [...card.querySelectorAll('dt')].map((term) => term.textContent)));
    assert.deepEqual(questions, [answersInOrder[language].filter((_, i) => i !== 4), answersInOrder[language]], 'of cost nothing is said where it is not known');
    const ended = page.locator('details[data-incident]');
    assert.equal(await ended.count(), 5);
    assert.equal(await page.locator('details[data-incident][open]').count(), 0);
    const tops = await page.locator('[data-incident]').evaluateAll((all) => all.map((element) => element.getBoundingClientRect().top));
    assert.deepEqual(tops, [...tops].sort((a, b) => a - b));
    assert.match(await page.locator('section.record').innerText(), language === 'en' ? /6 alarms in 16 days/ : /6 Alarme in 16 Tagen/);
    await page.close();
  }
});

test('what is decided about an alert is asked twice, noted, and told', async () => {
  process.env.RIPEN_WORLD = 'decided';
  const { page, problems } = await openPage(browser);
  await visit(page, `${address}alerts?lang=en`);
  const card = page.locator('section[data-incident="3f9a1c04be21"]');
  // By keyboard, as far as it goes: the focus follows.
  await card.getByRole('button', { name: /We have seen it/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Noted as seen. Clicks: Age 25–34').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'status');
  await card.getByText('Somebody has seen it.').waitFor();
  assert.equal(await card.getByRole('button', { name: /We have seen it/ }).count(), 0);

  await card.getByRole('button', { name: /new usual/ }).focus();
  await page.keyboard.press('Enter');
  await card.getByText('Is this how it shall stay?').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('role')), 'group');
  await card.getByRole('button', { name: 'Cancel' }).click();
  assert.match(await page.evaluate(() => document.activeElement.textContent), /new usual/);
  assert.equal(await card.count(), 1, 'nothing happens before it was confirmed');

  await card.getByRole('button', { name: /False alarm/ }).click();
  await card.getByLabel('Why?').fill('A test of the "feed".');
  await judge(browser, `${address}alerts?lang=de`, { language: 'de', theme: 'dark', width: 390, name: 'alerts-decided' });
  await card.getByRole('button', { name: 'Yes, a false alarm' }).click();
  await page.getByText('Noted as a false alarm. Clicks: Age 25–34').waitFor();
  const ended = page.locator('details[data-incident="3f9a1c04be21"]');
  await ended.waitFor();
  await ended.locator('summary').click();
  assert.match(await ended.innerText(), /It was called a false alarm\.[^]*A test of the "feed"\./);
  assert.deepEqual(problems, []);
  await page.close();
});

test('a decision that is refused says why, and the alert stays', async () => {
  process.env.RIPEN_WORLD = 'alerts';
  const { page } = await openPage(browser);
  await visit(page, `${address}alerts?lang=de`);
  const card = page.locator('section[data-incident="7b21c94de003"]');
  process.env.RIPEN_WORLD = 'broken';
  await card.getByRole('button', { name: /gesehen/ }).click();
  await card.getByRole('alert').waitFor();
  assert.match(await card.getByRole('alert').innerText(), /ließ sich nicht vermerken[^]*cannot be read/);
  process.env.RIPEN_WORLD = 'alerts';
  assert.equal(await card.count(), 1);
  await page.close();
});

test('on an earlier day nothing can be decided', async () => {
  process.env.RIPEN_WORLD = 'alerts';
  for (const language of languages) {
    const where = `${address}alerts?as_of=2026-11-18&lang=${language}`;
    await judge(browser, where, { language, theme: 'light', width: 390, name: 'alerts-earlier' });
    const { page } = await openPage(browser);
    await visit(page, where);
    assert.ok((await page.locator('section[data-incident]').count()) > 0);
    assert.equal(await page.locator('[data-action]').count(), 0);
    assert.equal(await page.getByText(language === 'en' ? 'On an earlier day nothing can be decided' : 'lässt sich nichts entscheiden').count(), 1);
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

test('a table and the settling dates can be taken along as files', async () => {
  process.env.RIPEN_WORLD = 'usual';
  const { page, problems } = await openPage(browser);
  await visit(page, `${address}calendar?lang=de`);
  const [dates] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Diese Termine' }).click()]);
  assert.equal(dates.suggestedFilename(), 'ripen-termine-2026-11-20.ics');
  assert.match(await readFile(await dates.path(), 'utf8'), /^BEGIN:VCALENDAR\r\n.*SUMMARY:Klicks vom 20\. Nov\.\D*bestätigt\.\r\n.*END:VCALENDAR\r\n$/s);
  await page.evaluate(() => document.querySelectorAll('details').forEach((element) => (element.open = true)));
  const [table] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Als CSV speichern' }).click()]);
  assert.match(table.suggestedFilename(), /^ripen-.*-2026-11-20\.csv$/);
  const lines = (await readFile(await table.path(), 'utf8')).split('\r\n');
  assert.equal(lines[0], '\ufeffTag;Was anzeigen;Stand;Schon eingetroffen;Bestätigt am');
  assert.ok(lines.some((line) => line.includes(';Noch offen;')) && lines.some((line) => line.includes(';Bestätigt;')));
  assert.deepEqual(problems, []);
  await page.close();
});

test('an earlier day cannot be mistaken for today', async () => {
  process.env.RIPEN_WORLD = 'usual';
  const { page } = await openPage(browser);
  await visit(page, `${address}?as_of=2026-11-14&lang=en`);
  assert.ok(await page.locator('.frame').isVisible());
  assert.match(await page.locator('.travel').innerText(), /at the end of 14 November, not at what we know now/);
  await page.getByRole('link', { name: 'What has changed since' }).click();
  await page.waitForSelector('h1:has-text("What we knew at the end of 14 November")');
  const list = await page.locator('main').innerText();
  assert.match(list, /about 3\.3 in 100 \(2\.7–3\.9, provisional\) then, about 3\.1 in 100/);
  await page.getByRole('button', { name: 'Back to the newest' }).click();
  await page.waitForSelector('.frame', { state: 'detached' });
  await page.close();
});

test('the two pages about groups lead to each other and keep what was chosen', async () => {
  process.env.RIPEN_WORLD = 'ranges';
  const { page } = await openPage(browser);
  await visit(page, `${address}groups?attribute=region&stage=purchase&lang=en`);
  await page.getByRole('link', { name: 'Fairness over time' }).click();
  await page.getByRole('heading', { level: 1, name: /served equally well/ }).waitFor();
  assert.match(page.url(), /\/fairness\?attribute=region&stage=purchase/);
  assert.equal(await page.locator('.menu a[aria-current=page]').innerText(), 'Customer groups');
  // In words, with the range, and never by colour alone.
  const row = page.getByRole('row', { name: /^South/ });
  assert.match(await row.innerText(), /about [\d.]+ \([\d.]+–[\d.]+\)[^]*(not|may be)? ?below four fifths/);
  await page.getByRole('link', { name: 'Group by group' }).click();
  await page.getByRole('heading', { level: 1, name: /served worse/ }).waitFor();
  assert.match(page.url(), /\/groups\?attribute=region&stage=purchase/);
  await page.close();
});
