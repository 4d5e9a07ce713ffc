// What the collections page asks: which switch, of which outcome, and what can be compared by when.
import type { TrendPoint, TrendTrack, TrendValue } from '../../charts/trend';
import { figureOf } from '../api/decode';
import type { Collection, CollectionComparison, Collections, CollectionSwitch } from '../api/types';
import type { Figure } from '../figure';
import type { Formats } from '../text/format';
import { addDays, dateOf } from '../text/format';

export const comparisonKinds = ['overlap', 'same_age', 'groups', 'last_year'] as const;

/** The switch that is shown: that of the collection asked for, else the newest. */
export function chosenSwitch(answer: Collections, wanted: string | null | undefined): CollectionSwitch | null {
  return answer.switches.find((each) => wanted !== undefined && each.new_collection === wanted) ?? answer.switches[0] ?? null;
}

export function stageOf(change: CollectionSwitch, wanted: string | null): CollectionSwitch['stages'][number] | null {
  return change.stages.find(({ stage }) => stage === wanted) ?? change.stages[0] ?? null;
}

export function comparisonOf(stage: CollectionSwitch['stages'][number], kind: CollectionComparison['kind']): CollectionComparison | null {
  return stage.comparisons.find((each) => each.kind === kind) ?? null;
}

/** In 100. */
export function trendValue(figure: Figure): TrendValue {
  switch (figure.maturity) {
    case 'confirmed':
      return { state: 'confirmed', value: figure.rate * 100, low: figure.low * 100, high: figure.high * 100 };
    case 'provisional':
      return { state: 'provisional', value: figure.mid * 100, low: figure.low * 100, high: figure.high * 100 };
    case 'pending':
      return { state: 'pending' };
  }
}

/** Week by week since the launch, as far as a collection has come. */
export function curvePoints(collection: Collection, stage: string, named: (week: number) => string): TrendPoint[] {
  const curve = collection.curves.find((each) => each.stage === stage);
  return (curve?.weeks ?? []).map(({ days_since_launch: day, figure }) => ({ x: day, name: named(day / 7 + 1), at: trendValue(figureOf(figure)) }));
}

/** The two collections of a switch, the newer one first. */
export function sidesOf(answer: Collections, change: CollectionSwitch): Collection[] {
  return [change.new_collection, change.old_collection].flatMap((value) => answer.collections.filter((each) => each.value === value));
}

const dayNumber = (day: string) => dateOf(day).getTime() / 86_400_000;

/** The part that each collection of a switch has of what is shown, week by week. */
export function shareTracks(answer: Collections, change: CollectionSwitch, name: (value: string | null) => string, f: Formats): TrendTrack[] {
  return sidesOf(answer, change).map((collection, i) => ({
    name: name(collection.value),
    tone: i === 0 ? 'data' : 'second',
    points: collection.shares
      .filter(({ to }) => to >= addDays(change.launched_on, -56))
      .map(({ from, to, share }) => ({ x: dayNumber(from), name: f.days(from, to), at: { state: 'confirmed', value: share * 100, low: null, high: null } })),
  }));
}

export function shareTicks(tracks: readonly TrendTrack[], f: Formats): { x: number; text: string }[] {
  const days = [...new Set(tracks.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  return days.map((x) => ({ x, text: f.day(new Date(x * 86_400_000).toISOString().slice(0, 10)) }));
}

export function launchMark(change: CollectionSwitch): number {
  return dayNumber(change.launched_on);
}
