// What the page "Fairness over time" asks, and how it puts two groups beside each other. The gap is
// told as "for every 10 of the other group", which is above zero whichever way it goes.
import type { TrendLevel, TrendPoint, TrendTrack } from '../../charts/trend';
import type { Api } from '../api/client';
import { figureOf } from '../api/decode';
import type { CheckReport, Fairness, FairnessFigure, FairnessGroup, FairnessPair, Finding, FourFifths, Metric, SegmentAttribute, SegmentList, Slice, StageSummary } from '../api/types';
import type { IsoDay } from '../figure';
import { dateOf, type Formats } from '../text/format';
import { trendValue } from './collections';
import { leadOf, sameSlice } from './findings';
import { stageOf } from './groups';
import { isEmpty } from './overview';

export interface FairnessData {
  check: CheckReport;
  segments: SegmentList;
  /** Those of customers: of all others nobody asks whether they are served equally well. */
  attributes: SegmentAttribute[];
  stage: StageSummary | null;
  attribute: SegmentAttribute | null;
  /** null where there is nothing to ask of. */
  answer: Fairness | null;
  /** Values with too few recommendations. */
  hidden: (string | null)[];
  findings: Finding[];
}

/** The attribute asked for, else that of the lead, else one of age, else the first. */
export function attributeOf(attributes: readonly SegmentAttribute[], wanted: string | null, lead: Finding | null): SegmentAttribute | null {
  return (
    attributes.find(({ name }) => name === wanted) ??
    attributes.find(({ name }) => name in (lead?.slice ?? {})) ??
    attributes.find(({ name }) => name.includes('age')) ??
    attributes[0] ??
    null
  );
}

/** What the daily watch says of gaps between groups of an attribute. */
export function gapFindings(findings: readonly Finding[], stage: string, attribute: string): Finding[] {
  return findings.filter((finding) => finding.kind === 'fairness_gap' && finding.stage === stage && attribute in finding.slice);
}

export async function loadFairness(api: Api, wantedAttribute: string | null, wantedStage: string | null): Promise<FairnessData> {
  const [check, segments] = await Promise.all([api.check(), api.segments()]);
  const stage = stageOf(check, wantedStage);
  const attributes = segments.attributes.filter(({ kind }) => kind === 'customer');
  const attribute = attributeOf(attributes, wantedAttribute, leadOf(check.findings));
  const known = { check, segments, attributes, stage, attribute };
  if (isEmpty(check) || stage === null || attribute === null) return { ...known, answer: null, hidden: [], findings: [] };
  return {
    ...known,
    answer: await api.fairness(stage.stage, attribute.name),
    hidden: attribute.values.filter((value) => value.hidden).map(({ value }) => value),
    findings: gapFindings(check.findings, stage.stage, attribute.name),
  };
}

/** Best against worst first, then the pairs that the configuration names, each pair once. */
export function orderedPairs(answer: Fairness, attribute: string): FairnessPair[] {
  const own = answer.pairs.filter((pair) => pair.attribute === attribute);
  const chosen = own.filter((pair) => pair.chosen === 'best_worst');
  const same = (a: Slice | null, b: Slice | null) => a !== null && b !== null && sameSlice(a, b);
  return [...chosen, ...own.filter((pair) => pair.chosen === 'named' && !chosen.some(({ slice, against }) => same(slice, pair.slice) && same(against, pair.against)))];
}

/** Groups of two attributes, the chosen one among them. */
export function crossedWith(answer: Fairness, attribute: string): Fairness['intersections'] {
  return answer.intersections.filter(({ slice }) => attribute in slice);
}

const dayNumber = (day: string) => dateOf(day).getTime() / 86_400_000;

/** For every 10 of the other group. A week of which there is no ratio, though it is settled, is left out. */
export function ratioPoints(weeks: readonly FairnessFigure[], f: Formats): TrendPoint[] {
  return weeks.flatMap(({ from, to, maturity, ratio }): TrendPoint[] => {
    const point = { x: dayNumber(from), name: f.days(from, to) };
    if (maturity === 'pending') return [{ ...point, at: { state: 'pending' } }];
    return ratio === null ? [] : [{ ...point, at: { state: maturity, value: ratio.value * 10, low: ratio.low * 10, high: ratio.high * 10 } }];
  });
}

/** Both groups, in 100, the one that is behind first. */
export function rateTracks(weeks: readonly FairnessFigure[], names: { group: string; against: string }, f: Formats): TrendTrack[] {
  return (['group', 'against'] as const).map((side) => ({
    name: names[side],
    tone: side === 'group' ? 'data' : 'second',
    points: weeks.map((week) => ({ x: dayNumber(week.from), name: f.days(week.from, week.to), at: trendValue(figureOf(week[side])) })),
  }));
}

export function weekTicks(weeks: readonly FairnessFigure[], f: Formats): { x: number; text: string }[] {
  return weeks.map(({ from }) => ({ x: dayNumber(from), text: f.day(from) }));
}

/** Where two groups are served alike, and where the convention draws its line. */
export function levelsOf(answer: Fairness, names: { noGap: string; limit: string }): TrendLevel[] {
  return [{ value: 10, name: names.noGap }, { value: answer.limit * 10, name: names.limit }];
}

/** How much wider the gap has become; below zero where it has become narrower. In 1, with its range. */
export function widening(change: NonNullable<FairnessPair['change']>, moreIsWorse: boolean): { value: number; low: number; high: number } {
  return moreIsWorse ? change : { value: -change.value, low: -change.high, high: -change.low };
}

/** The texts of verdicts: where more is worse, the convention's line lies above. */
export function verdictKey(verdict: FourFifths, moreIsWorse: boolean) {
  return moreIsWorse ? (`ui.fairness.worse.${verdict}` as const) : (`ui.fairness.verdict.${verdict}` as const);
}

/** The days from which best and worst are read, and those that count as now, as far as there are any. */
export function periodsOf({ start, now }: Fairness, f: Formats): { start: string; now: string } {
  const text = (span: Fairness['start']) => (span === null ? '' : f.days(span.from, span.to));
  return { start: text(start), now: text(now ?? start) };
}

/** The last day on which one of these is confirmed; null where all are, or nobody knows when. */
export function settlesOn(metrics: readonly (Metric | null)[]): IsoDay | null {
  const days = metrics.flatMap((metric) => (metric === null || metric.maturity === 'confirmed' || metric.settles_on === null ? [] : [metric.settles_on]));
  return days.sort().at(-1) ?? null;
}

/** What is known of a group: now, else in its first days. */
export function metricOf({ now, start }: FairnessGroup): Metric | null {
  return now ?? start;
}
