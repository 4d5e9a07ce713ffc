// The real program with its 30-day example: what a newcomer sees after `./dev demo`.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, openPage, visit } from './chromium.mjs';
import { inLanguage, judge, languages, pagesFor, themes, widths } from './pages.mjs';
import { startProgram } from './program.mjs';

let browser;
let program;
let check;
let lead;
let pages;

async function ask(route) {
  const response = await fetch(`${program.address}api/v1/${route}`);
  assert.equal(response.status, 200, route);
  return response.json();
}

/** The rows of the table below a picture, as texts. */
async function tableOf(section) {
  await section.locator('details').first().evaluate((element) => (element.open = true));
  return section.locator('details').first().locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent.trim())));
}

/** As the table writes a confirmed share: one digit more than a sentence would. */
function inTable(rate, language) {
  const value = rate * 100;
  const digits = value >= 9.95 ? 1 : value === 0 || value >= 0.095 ? 2 : 3;
  return new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

const states = { en: { confirmed: 'Confirmed', provisional: 'Provisional', pending: 'Not yet known' }, de: { confirmed: 'Bestätigt', provisional: 'Vorläufig', pending: 'Noch offen' } };

function expectedRow(metric, language) {
  const count = new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB').format(metric.trials);
  const figure = { confirmed: () => inTable(metric.rate, language), provisional: () => `${inTable(metric.low, language)}–${inTable(metric.high, language)}`, pending: () => states[language].pending };
  return [figure[metric.maturity](), count, states[language][metric.maturity]];
}

before(async () => {
  program = await startProgram();
  check = await ask('check');
  lead = check.findings.find(({ level, explained_by: cause }) => level === 'alert' && cause === null);
  assert.ok(lead !== undefined, 'the example has an alert');
  pages = pagesFor(lead.slice);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await program?.stop();
});

for (const language of languages) {
  for (const theme of themes) {
    for (const width of widths) {
      test(`every page: ${language}, ${theme}, ${width} px`, async () => {
        for (const [name, page] of Object.entries(pages)) {
          await judge(browser, program.address + inLanguage(page, language), { language, theme, width, name });
        }
      });
    }
  }
}

test('the headline is the finding that names the group, in both languages', async () => {
  assert.deepEqual(lead.slice, { age_group: '25-34' });
  for (const language of languages) {
    const { page } = await openPage(browser);
    await visit(page, program.address + inLanguage('', language));
    const headline = await page.locator('#lead-title').innerText();
    assert.equal(headline, lead.message[language].headline);
    assert.match(headline, /25/);
    await page.locator('a.button').first().click();
    await page.waitForURL(/\/group\?is=age_group:25-34/);
    await page.getByRole('heading', { level: 1, name: lead.message[language].headline }).waitFor();
    await page.close();
  }
});

test('the tables below the pictures hold what the API says', async () => {
  for (const language of languages) {
    const { page } = await openPage(browser);
    await visit(page, program.address + inLanguage('', language));
    const cards = page.locator('section.stage');
    const given = check.stages.filter((stage) => stage.given);
    assert.equal(await cards.count(), check.stages.length);
    for (const [i, stage] of check.stages.entries()) {
      if (!stage.given) continue;
      const answer = await ask(`metrics?stage=${stage.stage}&by=day`);
      const rows = await tableOf(cards.nth(i));
      assert.equal(rows.length, answer.series[0].points.length);
      for (const [j, metric] of answer.series[0].points.entries()) {
        if (metric.maturity === 'provisional') continue;
        assert.deepEqual(rows[j].slice(1), expectedRow(metric, language), `${stage.stage} ${metric.from}`);
      }
    }
    assert.ok(given.length > 0);
    const answer = await ask(`metrics?stage=click&by=day&slice=${encodeURIComponent(JSON.stringify(lead.slice))}`);
    const rows = await tableOf(page.locator('section.lead'));
    for (const [j, metric] of answer.series[0].points.entries()) {
      if (metric.maturity !== 'provisional') assert.deepEqual(rows[j].slice(1), expectedRow(metric, language), `group ${metric.from}`);
    }
    await page.close();
  }
});

test('the large figures are confirmed ones of the API', async () => {
  const { page } = await openPage(browser);
  await visit(page, `${program.address}?lang=en`);
  const figures = await page.locator('section.lead .figures b').allInnerTexts();
  const whole = (rate) => new Intl.NumberFormat('en-GB', { maximumFractionDigits: rate >= 0.0995 ? 0 : 1 }).format(rate * 100);
  assert.deepEqual(figures, [whole(lead.after), whole(lead.before)]);
  assert.equal(lead.maturity, 'confirmed');
  await page.close();
});

test("a group's page says the same figures in its headline, its dots and its lines", async () => {
  const causes = check.findings.filter(({ kind, maturity, before, after, gradual }) => kind === 'rate_shift' && maturity === 'confirmed' && before !== null && after !== null && !gradual);
  for (const finding of causes.slice(0, 4)) {
    const query = Object.entries(finding.slice).map(([name, value]) => (value === null ? `missing=${name}` : `is=${encodeURIComponent(`${name}:${value}`)}`)).join('&');
    const { page } = await openPage(browser);
    await visit(page, `${program.address}group?${query}&stage=${finding.stage}&lang=en`);
    const [now, was] = await page.locator('header .figures b').allInnerTexts();
    const dots = await page.locator('section', { has: page.locator('#dots-title') }).locator('.pair b').allInnerTexts();
    assert.deepEqual(dots, [was, now], query);
    await page.close();
  }
});

test('the truth bar and the calendar say up to when each answer is confirmed', async () => {
  const truth = await ask('truth');
  const { page } = await openPage(browser);
  await visit(page, `${program.address}calendar?lang=en`);
  const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const front = await page.locator('.front dd').allInnerTexts();
  assert.deepEqual(front, truth.stages.map((stage) => (stage.given ? (stage.confirmed_through === null ? 'no day yet' : short.format(new Date(stage.confirmed_through))) : 'not in the data')));
  const rows = await tableOf(page.locator('section', { has: page.locator('#days-title') }));
  assert.deepEqual(rows.map((row) => row[2]), truth.stages.flatMap((stage) => stage.days.map(({ maturity }) => states.en[maturity])));
  await page.close();
});

test('a drill is answered in the words and with the values of the API', async () => {
  for (const [language, width] of [['en', 1440], ['de', 390]]) {
    const { page, problems } = await openPage(browser, { width });
    await visit(page, `${program.address}drill?is=age_group:35-44&stage=click&change=-25&days=10&lang=${language}`);
    await page.locator('form button[type=submit]').click();
    await page.locator('#noticed-title').waitFor({ timeout: 120_000 });
    const id = new URL(page.url()).searchParams.get('drill');
    const { result } = await ask(`drills/${id}`);
    assert.deepEqual(result.slice, { age_group: '35-44' });
    const text = result.message[language];
    assert.equal(await page.locator('main h2.finding').innerText(), text.headline);
    assert.deepEqual(await page.locator('section', { has: page.locator('#limits-title') }).locator('li').allInnerTexts(), text.details);
    const number = new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB', { maximumFractionDigits: 1 });
    const card = page.locator('section', { has: page.locator('#noticed-title') });
    const rows = await tableOf(card);
    const days = (count) => (count === null ? '–' : String(count));
    const values = (size) => [number.format(size.share * 10), `${number.format(size.low * 10)}–${number.format(size.high * 10)}`];
    assert.deepEqual(rows.map((row) => row.slice(1)), result.sizes.map((size) => [...values(size), days(size.days_median), days(size.days_nine_in_ten), String(size.named.exactly), String(size.named.wider), String(size.named.narrower)]));
    // The name of the picture says the same values as its table.
    const name = await card.getByRole('img').getAttribute('aria-label');
    for (const size of result.sizes) {
      const [share, range] = values(size);
      assert.ok(name.includes(`: ${share} (${language === 'en' ? 'likely' : 'wahrscheinlich'} ${range})`), `${name} says ${share} (${range})`);
    }
    await judge(browser, page.url(), { language, theme: 'light', width, name: 'drill-answer', wait: '#noticed-title' });
    assert.deepEqual(problems, []);
    await page.close();
  }
});

test('the alerts page says what the API says of every incident', async () => {
  const { incidents, record } = await ask('incidents');
  const isOpen = ({ state }) => ['opened', 'growing', 'acknowledged'].includes(state);
  assert.ok(incidents.some(isOpen), 'the example has an open one');
  for (const language of languages) {
    const { page } = await openPage(browser);
    await visit(page, `${program.address}alerts?lang=${language}`);
    await page.evaluate(() => document.querySelectorAll('details').forEach((element) => (element.open = true)));
    const shown = await page.locator('[data-incident]').evaluateAll((all) => all.map((element) => element.dataset.incident));
    assert.deepEqual(shown, [...incidents.filter(isOpen), ...incidents.filter((incident) => !isOpen(incident))].map(({ id }) => id));
    for (const incident of incidents) {
      const { what, who, since, sure, cost, check_next: next } = incident.answers[language];
      const said = await page.locator(`[data-incident="${incident.id}"] dd`).allInnerTexts();
      const expected = [what, who, since, sure, ...(cost === null ? [] : [cost]), next];
      assert.deepEqual(said.map((text, i) => text.startsWith(expected[i])), expected.map(() => true), said.join(' | '));
    }
    assert.ok((await page.locator('section.record').innerText()).includes(record.message[language]));
    await page.close();
  }
});

test('the keyboard reaches everything there is to press, and shows where it is', async () => {
  for (const [name, address] of Object.entries(pages)) {
    const { page } = await openPage(browser);
    await visit(page, program.address + inLanguage(address, 'en'));
    const wanted = await page.evaluate(() => {
      // Of a row of radio buttons Tab reaches the chosen one, the arrow keys the others.
      const all = [...document.querySelectorAll('a[href], button, select, input:not([type=radio]:not(:checked)), summary, [tabindex="0"]')];
      const visible = all.filter((element) => element.checkVisibility() && element.closest('details:not([open]) > :not(summary)') === null);
      visible.forEach((element, i) => (element.dataset.stop = String(i)));
      return visible.length;
    });
    const reached = new Set();
    for (let i = 0; i < wanted * 2 + 10 && reached.size < wanted; i++) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        const style = getComputedStyle(element);
        return { stop: element.dataset.stop, seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, what: element.outerHTML.slice(0, 120) };
      });
      if (stop.stop === undefined) continue;
      assert.ok(stop.seen, `${name}: no visible focus on ${stop.what}`);
      reached.add(stop.stop);
    }
    const missed = await page.evaluate((got) => [...document.querySelectorAll('[data-stop]')].filter((element) => !got.includes(element.dataset.stop)).map((element) => element.outerHTML.slice(0, 120)), [...reached]);
    assert.deepEqual(missed, [], name);
    await page.close();
  }
});

test('the arrow keys read the chart day by day', async () => {
  const { page } = await openPage(browser);
  await visit(page, `${program.address}${pages.group}&lang=en`);
  await page.getByRole('application').focus();
  await page.keyboard.press('Home');
  const first = await page.locator('.read').innerText();
  assert.match(first, /^\w{3} \d+ \w+: [\d.]+ in 100\. Confirmed\.$/);
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await page.locator('.read').innerText(), first);
  await page.keyboard.press('End');
  assert.match(await page.locator('.read').innerText(), /not yet known|Confirmed|provisional/);
  await page.close();
});

test('controls are large enough to hit on a phone', async () => {
  for (const address of Object.values(pages)) {
    const { page } = await openPage(browser, { width: 390 });
    await visit(page, program.address + inLanguage(address, 'de'));
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('a[href], button, select, summary')]
        .filter((element) => element.checkVisibility() && getComputedStyle(element).display !== 'inline' && !element.classList.contains('skip'))
        .map((element) => ({ text: element.textContent.trim(), box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.height < 24 || box.width < 24)
        .map(({ text, box }) => `${text} ${box.width}x${box.height}`),
    );
    assert.deepEqual(small, [], address);
    await page.close();
  }
});

test('nothing is asked of any other host', async () => {
  const { page } = await openPage(browser);
  const foreign = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(program.address)) foreign.push(request.url());
  });
  await visit(page, program.address);
  assert.deepEqual(foreign, []);
  await page.close();
});

test('an alert that somebody has seen is told to be seen, to everybody', async () => {
  const { page } = await openPage(browser);
  await visit(page, `${program.address}alerts?lang=en`);
  const card = page.locator('section[data-incident]').first();
  const id = await card.getAttribute('data-incident');
  await card.getByRole('button', { name: /We have seen it/ }).click();
  await page.getByText('Noted as seen.').waitFor();
  const { incidents } = await ask('incidents');
  const now = incidents.find((incident) => incident.id === id);
  assert.deepEqual([now.state, now.judgements.map(({ action }) => action)], ['acknowledged', ['acknowledge']]);
  await page.locator(`section[data-incident="${id}"]`).getByText('Somebody has seen it.').waitFor();
  await page.close();
});

test('events that come in change the page without a reload', async () => {
  const { page } = await openPage(browser);
  await visit(page, `${program.address}group?is=age_group:25-34&stage=click&lang=en`);
  const last = async () => {
    const answer = await ask(`metrics?stage=click&by=day&slice=${encodeURIComponent('{"age_group":"25-34"}')}`);
    return answer.series[0].points.at(-1).trials;
  };
  const before = await last();
  await page.evaluate(() => {
    window.unchanged = true;
    scrollTo(0, 300);
  });
  const day = check.as_of;
  const events = Array.from({ length: 50 }, (_, at) => JSON.stringify({ type: 'recommendation', id: `live-${at}`, shown_at: `${day}T12:00:00Z`, arrived_at: `${day}T12:00:00Z`, customer_id: `live-${at}`, customer: { age_group: '25-34' } })).join('\n');
  const again = page.waitForResponse((response) => response.url().includes('/api/v1/metrics'));
  const answer = await fetch(`${program.address}api/v1/events?history=true`, { method: 'POST', headers: { 'content-type': 'application/x-ndjson', 'x-ripen': '1' }, body: events });
  assert.equal(answer.status, 200);
  assert.equal((await answer.json()).accepted, 50);
  await again;
  assert.equal(await last(), before + 50);
  const shown = new Intl.NumberFormat('en-GB').format(before + 50);
  await page.waitForFunction((text) => [...document.querySelectorAll('td')].some((cell) => cell.textContent.trim() === text), shown);
  assert.equal(await page.evaluate(() => window.unchanged), true, 'no reload');
  assert.equal(await page.evaluate(() => scrollY), 300, 'no jump');
  await page.close();
});
