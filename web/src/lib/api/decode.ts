// The one place that reads a metric's raw fields.
import type { Figure, IsoDay } from '../figure';
import type { Metric, MetricSeries, Slice } from './types';

/** One figure over the cohort days from..to. */
export interface Point {
  from: IsoDay;
  to: IsoDay;
  figure: Figure;
}

export interface Line {
  slice: Slice;
  points: Point[];
}

export function figureOf(metric: Metric): Figure {
  switch (metric.maturity) {
    case 'confirmed':
      return {
        maturity: 'confirmed',
        rate: metric.rate,
        low: metric.low,
        high: metric.high,
        trials: metric.trials,
        events: metric.events,
        was: metric.was ?? null,
      };
    case 'provisional':
      return {
        maturity: 'provisional',
        mid: metric.rate,
        low: metric.low,
        high: metric.high,
        borrowed: metric.borrowed,
        atLeast: metric.trials === 0 ? 0 : metric.events_so_far / metric.trials,
        arrivedShare: metric.arrived_share,
        settlesOn: metric.settles_on,
        trials: metric.trials,
        eventsSoFar: metric.events_so_far,
      };
    case 'pending':
      return {
        maturity: 'pending',
        reason: metric.reason,
        firstEstimateOn: metric.first_estimate_on,
        settlesOn: metric.settles_on,
        least: metric.least,
        most: metric.most,
        trials: metric.trials,
        eventsSoFar: metric.events_so_far,
      };
  }
}

export function pointOf(metric: Metric): Point {
  return { from: metric.from, to: metric.to, figure: figureOf(metric) };
}

export function linesOf(answer: MetricSeries): Line[] {
  return answer.series.map((series) => ({ slice: series.slice, points: series.points.map(pointOf) }));
}
