// What the page "What we show" asks, and how it puts figures of lists on a scale of 100.
import type { TrendPoint, TrendValue } from '../../charts/trend';
import type { PositionCurve, Ranking, RankingFigure, RankingRelevance } from '../api/types';
import type { Formats } from '../text/format';

export const listFigures = ['hit_rate', 'ndcg', 'mrr', 'precision'] as const;
export type ListFigure = (typeof listFigures)[number];

/** The meaning of "relevant" that is shown: the one asked for, else the first. */
export function chosenRelevance(ranking: Ranking, wanted: string | null): RankingRelevance | null {
  return ranking.relevances.find(({ relevance }) => relevance === wanted) ?? ranking.relevances[0] ?? null;
}

/** On the scale of the axis: in 100. */
export function valueOf(figure: RankingFigure): TrendValue {
  switch (figure.maturity) {
    case 'confirmed':
      return { state: 'confirmed', value: figure.value * 100, low: figure.low * 100, high: figure.high * 100 };
    case 'provisional':
      return { state: 'provisional', value: figure.value * 100, low: figure.low * 100, high: figure.high * 100 };
    case 'pending':
      return { state: 'pending' };
  }
}

/** What was known at the same age, week by week. It stays as it is, so that weeks can be compared. */
export function sameAgePoints(chosen: RankingRelevance, figure: ListFigure, f: Formats): TrendPoint[] {
  return chosen.weeks.map(({ span, same_age: known }, x) => {
    const at = known?.[figure] ?? null;
    return {
      x,
      name: known === null ? f.days(span.from, span.to) : f.days(known.from, known.to),
      at: at === null ? { state: 'pending' } : { state: 'confirmed', value: at.value * 100, low: at.low * 100, high: at.high * 100 },
    };
  });
}

export function positionPoints(curve: PositionCurve, f: Formats): TrendPoint[] {
  return curve.points.map(({ position, rate, low, high }) => ({
    x: position, name: f.count(position), at: { state: 'confirmed', value: rate * 100, low: low * 100, high: high * 100 },
  }));
}
