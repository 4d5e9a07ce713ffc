import { describe, expect, it } from 'vitest';
import type { Finding } from '../api/types';
import { alertsOf, findingOf, leadOf, listFindings, otherDetails, verdictOf } from './findings';

function finding(id: string, change: Partial<Finding> = {}): Finding {
  const words = { headline: `${id}.`, details: ['figures', 'certainty', 'rest'] };
  return {
    id, kind: 'rate_shift', level: 'alert', stage: 'click', slice: { age_group: '25-34' }, direction: 'fall', worse: true,
    since: '2026-11-11', since_earliest: null, since_latest: null, before: 0.28, after: 0.15, maturity: 'confirmed',
    evidence_days: 36500, certainty: 'very_sure', trials_since: 900, explained_by: null, gradual: false, same_in: [], competitors: [],
    message: { template: 't', params: {}, en: words, de: words },
    ...change,
  };
}

const cause = finding('aaaaaaaaaaaa');
const shadow = finding('bbbbbbbbbbbb', { level: 'watch', slice: {}, explained_by: 'aaaaaaaaaaaa' });
const echo = finding('cccccccccccc', { level: 'info', slice: { region: 'North' }, explained_by: 'bbbbbbbbbbbb' });
const sign = finding('dddddddddddd', { level: 'watch', slice: { region: 'South' }, direction: 'rise', certainty: 'too_early' });

describe('the lead', () => {
  it('is the first alert that explains itself', () => {
    expect(leadOf([shadow, sign, cause])?.id).toBe(cause.id);
    expect(alertsOf([finding('x', { explained_by: 'y' }), cause])).toEqual([cause]);
  });

  it('is a sign worth watching where there is no alert, and nothing where there is neither', () => {
    expect(leadOf([shadow, sign])?.id).toBe(sign.id);
    expect(leadOf([shadow])).toBeNull();
  });
});

describe('the verdict on a group', () => {
  const all = [cause, shadow, echo, sign];
  it('comes from the findings alone', () => {
    expect(verdictOf(all, 'click', { age_group: '25-34' })).toBe('fell');
    expect(verdictOf(all, 'click', {})).toBe('follows');
    expect(verdictOf(all, 'click', { region: 'South' })).toBe('watch');
    expect(verdictOf(all, 'click', { age_group: '35-44' })).toBe('usual');
  });

  it('is about one stage and exactly one group', () => {
    expect(verdictOf(all, 'purchase', { age_group: '25-34' })).toBe('usual');
    expect(verdictOf(all, 'click', { age_group: '25-34', region: 'South' })).toBe('usual');
    expect(findingOf(all, 'click', { age_group: '25-34' })?.id).toBe(cause.id);
    expect(findingOf(all, 'return', { age_group: '25-34' })).toBeNull();
  });

  it('tells a missing value from no condition', () => {
    const missing = finding('eeeeeeeeeeee', { slice: { device: null } });
    expect(verdictOf([missing], 'click', {})).toBe('usual');
    expect(verdictOf([missing], 'click', { device: null })).toBe('fell');
  });
});

describe('details beside large figures', () => {
  it('leave out what the figures and the tags say', () => {
    expect(otherDetails(cause, 'en')).toEqual(['rest']);
    expect(otherDetails(shadow, 'en')).toEqual(['certainty', 'rest']);
    const good = finding('f', { worse: false });
    good.message.en = { headline: '', details: ['figures', 'good news', 'certainty', 'rest'] };
    expect(otherDetails(good, 'en')).toEqual(['good news', 'rest']);
    expect(otherDetails(finding('g', { before: null }), 'en')).toEqual(['figures', 'certainty', 'rest']);
  });
});

describe('the list', () => {
  it('puts shadows under the cause they end in, and every finding exactly once', () => {
    const sections = listFindings([cause, shadow, echo, sign]);
    expect(sections.map(({ level, causes }) => [level, causes.map((c) => [c.finding.id, c.follows.map((f) => f.id)])])).toEqual([
      ['alert', [[cause.id, [shadow.id, echo.id]]]],
      ['watch', [[sign.id, []]]],
    ]);
  });

  it('keeps a shadow whose cause is not there', () => {
    const lost = finding('ffffffffffff', { explained_by: '000000000000' });
    expect(listFindings([lost])[0]?.causes[0]?.finding).toBe(lost);
  });
});
