// What the engine room shows the engineer on call: what came in, how fast answers arrive, what findings rest on.
import type { TrendTrack } from '../../charts/trend';
import type { Backtest, Finding, Truth } from '../api/types';
import { daysBetween } from '../text/format';

const methods: Record<Finding['kind'], string> = {
  rate_shift: 'rate-shift', delay_shift: 'delay-shift', exposure_shift: 'exposure', fairness_gap: 'fairness', mix_shift: 'mix-shift',
  volume_shift: 'volume-and-data', data_problem: 'volume-and-data', estimate_check: 'provisional', leading_sign: 'leading-signs', launch: 'collections',
};

/** The page of the method behind a finding. */
export function methodOf(kind: Finding['kind']): string {
  return `docs/methods/${methods[kind]}.md`;
}

/** By age in days, how much of the answers of a day has arrived, as it is known of the days that have that age now. */
export function arrivalTracks({ as_of: asOf, stages }: Truth, name: (stage: Truth['stages'][number]) => string, age: (days: number) => string): TrendTrack[] {
  const tones = ['data', 'second', 'ref'] as const;
  return stages
    .filter(({ given, days }) => given && days.some(({ arrived_share: share }) => share !== null && share < 1))
    .map((stage, i) => ({
      name: name(stage),
      tone: tones[i % tones.length] ?? 'ref',
      points: stage.days
        .map(({ day, arrived_share: share }) => ({ x: daysBetween(day, asOf), share }))
        .filter(({ x }) => x <= 60)
        .sort((a, b) => a.x - b.x)
        .map(({ x, share }) => ({ x, name: age(x), at: share === null ? { state: 'pending' as const } : { state: 'confirmed' as const, value: share * 100, low: null, high: null } })),
    }));
}

export interface RecordRow {
  stage: string;
  ages: string;
  held: number;
  ranges: number;
  days: number;
  bias: number;
  factor: number;
  learned: boolean;
}

/** Our own ranges by stage and age, and by how much they are widened today. */
export function recordRows({ stages }: Backtest): RecordRow[] {
  return stages.flatMap(({ stage, by_age: ages }) =>
    ages.map(({ from_age: from, to_age: to, factor, learned, score }) => ({
      stage, ages: to === null ? `${from}+` : `${from}–${to}`, held: score.held, ranges: score.ranges, days: score.days, bias: score.bias, factor, learned,
    })));
}
