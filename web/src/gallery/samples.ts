// Made-up figures in every state a chart has to bear.
import type { TrendLevel, TrendPoint, TrendTrack } from '../charts/trend';
import type { Point } from '../lib/api/decode';
import type { Drill, Finding, Slice, TruthStage } from '../lib/api/types';
import type { Figure, IsoDay } from '../lib/figure';
import type { GroupRow } from '../lib/model/groups';
import { addDays } from '../lib/text/format';

const first: IsoDay = '2026-10-22';

function wave(i: number, seed: number): number {
  return Math.sin(i * 1.7 + seed) * 0.6 + Math.sin(i * 0.6 + seed * 2) * 0.4;
}

const confirmed = (rate: number): Figure => ({ maturity: 'confirmed', rate, low: rate * 0.93, high: rate * 1.07, trials: 1000, events: Math.round(rate * 1000), was: null });
const provisional = (rate: number, age: number): Figure => ({
  maturity: 'provisional', borrowed: false, mid: rate, low: rate * (1 - 0.04 * age), high: rate * (1 + 0.05 * age), atLeast: rate * (1 - 0.07 * age),
  arrivedShare: Math.max(0, 1 - 0.07 * age), settlesOn: '2026-12-05', trials: 1000, eventsSoFar: Math.round(rate * 900),
});
const pending: Figure = { maturity: 'pending', reason: 'window_open', firstEstimateOn: '2026-11-27', settlesOn: '2026-12-05', least: 0.01, most: 0.6, trials: 1000, eventsSoFar: 10 };

export interface Sample {
  name: string;
  points: Point[];
  since: IsoDay | null;
}

function series(count: number, figureAt: (i: number) => Figure): Point[] {
  return Array.from({ length: count }, (_, i) => ({ from: addDays(first, i), to: addDays(first, i), figure: figureAt(i) }));
}

const level = (i: number, drop: boolean, seed = 1) => (drop && i >= 20 ? 0.15 : 0.28) + 0.012 * wave(i, seed);

export const samples: Sample[] = [
  { name: 'confirmed', points: series(30, (i) => confirmed(level(i, false))), since: null },
  { name: 'a change, the last day pending', points: series(30, (i) => (i < 29 ? confirmed(level(i, true)) : pending)), since: addDays(first, 20) },
  { name: 'a change, the last days provisional', points: series(30, (i) => (i < 24 ? confirmed(level(i, true)) : provisional(level(i, true), i - 23))), since: addDays(first, 20) },
  { name: 'provisional, then pending', points: series(30, (i) => (i < 15 ? confirmed(level(i, false)) : i < 22 ? provisional(level(i, false), i - 14) : pending)), since: null },
  { name: 'all pending', points: series(30, () => pending), since: null },
  { name: 'tiny figures', points: series(30, (i) => confirmed(0.0006 + 0.0002 * Math.abs(wave(i, 3)))), since: null },
  { name: 'three days', points: series(3, (i) => (i < 2 ? confirmed(0.24) : pending)), since: null },
  { name: 'one day', points: series(1, () => confirmed(0.24)), since: null },
  { name: 'nothing', points: [], since: null },
];

export const others = [2, 3, 4, 5].map((seed) => ({ name: `other ${seed}`, points: series(30, (i) => confirmed(level(i, false, seed) + 0.01 * (seed - 3))) }));

const point = (figure: Figure): Point => ({ from: first, to: addDays(first, 19), figure });

export const rows: GroupRow[] = ['16-24', '25-34', '35-44', '45-54', '55+', 'a rather long name of a group'].map((value, i) => ({
  slice: { age_group: value } satisfies Slice,
  recommendations: 1000 * (i + 1),
  days: { slice: { age_group: value }, points: (samples[i] ?? { points: [] }).points },
  before: i === 4 ? null : point(confirmed(0.28)),
  after: i === 4 ? point(pending) : point(confirmed(i === 1 ? 0.15 : 0.27)),
}));

export const findings: Finding[] = [
  {
    id: '3f9a1c04be21', kind: 'rate_shift', level: 'alert', stage: 'click', slice: { age_group: '25-34' }, direction: 'fall', worse: true,
    since: addDays(first, 20), since_earliest: null, since_latest: null, before: 0.28, after: 0.15, maturity: 'confirmed', evidence_days: 36500,
    certainty: 'very_sure', trials_since: 1000, explained_by: null, gradual: false, same_in: [], competitors: [],
    message: { template: '', params: {}, en: { headline: 'A sentence.', details: [] }, de: { headline: 'Ein Satz.', details: [] } },
  },
];

export const truthStages: TruthStage[] = samples.slice(0, 5).map(({ name, points }, i) => ({
  stage: name, of: 'shown', window_days: i + 1, lateness_days: 0, direction: 'more_is_better', given: true, has_outcome_times: true, last_arrival: null, late_since: null, confirmed_through: null, confirmed_share: 0.5,
  days: points.map(({ from, figure }) => ({
    day: from, maturity: figure.maturity, trials: figure.trials,
    arrived_share: figure.maturity === 'provisional' ? figure.arrivedShare : figure.maturity === 'confirmed' ? 1 : null,
    first_estimate_on: null, settles_on: figure.maturity === 'confirmed' ? null : '2026-12-05',
  })),
}));

/** A drill whose shares of cases are given, smallest size first; asked for is one of the sizes. */
function drill(name: string, sizes: [change: number, share: number, low: number, high: number][], asked: number): { name: string; drill: Drill } {
  const text = { headline: 'A sentence.', details: ['Another one.'], table: ['x'] };
  return {
    name,
    drill: {
      as_of: '2026-11-20', stage: 'click', slice: {}, change: asked, days: 10, rate: 0.24, first_start: first, last_start: first, message: { en: text, de: text },
      sizes: sizes.map(([change, share, low, high]) => {
        const noticed = Math.round(share * 40);
        return { change, runs: 40, noticed, share, low, high, days_median: share >= 0.5 ? 6 : null, days_nine_in_ten: share >= 0.9 ? 8 : null, named: { exactly: noticed, wider: 0, narrower: 0 } };
      }),
    },
  };
}

export const drills = [
  drill('from hardly to always', [[-0.05, 0, 0, 0.58], [-0.1, 0, 0, 0.56], [-0.15, 0.1, 0.01, 0.55], [-0.25, 0.6, 0.3, 0.85], [-0.35, 0.95, 0.6, 1], [-0.5, 1, 0.85, 1]], -0.25),
  drill('never', [[0.05, 0, 0, 0.58], [0.1, 0, 0, 0.57], [0.15, 0, 0, 0.55], [0.25, 0, 0, 0.54], [0.3, 0, 0, 0.53], [0.35, 0, 0, 0.52], [0.5, 0, 0, 0.49]], 0.3),
  drill('always', [[-0.05, 1, 0.6, 1], [-0.1, 1, 0.6, 1], [-0.25, 1, 0.7, 1]], -0.05),
  drill('a very large one', [[0.05, 0, 0, 0.5], [0.1, 0.1, 0, 0.5], [0.15, 0.2, 0.1, 0.5], [0.25, 0.5, 0.2, 0.7], [0.35, 0.8, 0.4, 0.9], [0.5, 0.9, 0.5, 1], [4, 1, 0.7, 1]], 4),
  drill('one size', [[-0.25, 0.7, 0.4, 0.9]], -0.25),
];

const week = (x: number, value: number, state: TrendPoint['at']['state']): TrendPoint => ({
  x, name: `week ${x + 1}`, at: state === 'pending' ? { state } : { state, value, low: value * 0.93, high: value * 1.07 },
});
const falls = [10.2, 10.1, 8.9, 6.1, 5.6].map((value, x) => week(x, value, x < 3 ? 'confirmed' : 'provisional'));
const levels: TrendLevel[] = [{ value: 10, name: 'no gap' }, { value: 8, name: 'four fifths' }];

/** Lines over time with levels that mean something by themselves. */
export const trends: { name: string; tracks: TrendTrack[]; levels: TrendLevel[]; fromZero: boolean }[] = [
  { name: 'a ratio that falls below a level', tracks: [{ name: '25–34', tone: 'data', points: falls }], levels, fromZero: false },
  { name: 'two groups that end alike', tracks: [{ name: '25–34', tone: 'data', points: falls }, { name: '35–44', tone: 'second', points: falls.map(({ x, at }) => week(x, at.state === 'pending' ? 0 : at.value * 1.01, at.state)) }], levels: [], fromZero: true },
  { name: 'nothing settled, levels all the same', tracks: [{ name: '25–34', tone: 'data', points: [0, 1, 2, 3, 4].map((x) => week(x, 0, 'pending')) }], levels, fromZero: false },
];
