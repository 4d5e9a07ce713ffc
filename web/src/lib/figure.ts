// A figure with its maturity. The three states are different types: a provisional figure has no
// field that could be drawn as if it were final, and a pending one has no rate at all.

/** A day as in the contract: "2026-11-20". */
export type IsoDay = string;

export interface Confirmed {
  maturity: 'confirmed';
  rate: number;
  low: number;
  high: number;
  trials: number;
  events: number;
  /** What was confirmed before, if a later message changed it. */
  was: number | null;
}

export interface Provisional {
  maturity: 'provisional';
  /** The middle of the range; never shown without it. */
  mid: number;
  low: number;
  high: number;
  /** So few cases that the level is that of everybody; the range is wide accordingly. */
  borrowed: boolean;
  /** Already certain: the share that has happened. */
  atLeast: number;
  arrivedShare: number;
  settlesOn: IsoDay;
  trials: number;
  eventsSoFar: number;
}

export interface Pending {
  maturity: 'pending';
  reason: PendingReason;
  firstEstimateOn: IsoDay | null;
  settlesOn: IsoDay | null;
  /** Bounds of the final figure: nothing more comes, or everything open comes. */
  least: number | null;
  most: number | null;
  trials: number;
  eventsSoFar: number;
}

export type PendingReason =
  | 'window_open'
  | 'no_outcome_times'
  | 'answers_of_fast_only'
  | 'not_yet_snapshot'
  | 'too_few'
  | 'delay_changed'
  | 'no_base_events'
  | 'stage_not_given';

export type Figure = Confirmed | Provisional | Pending;
export type Maturity = Figure['maturity'];

/** The largest value that drawing the figure needs room for; null where there is none. */
export function topOf(figure: Figure): number | null {
  switch (figure.maturity) {
    case 'confirmed':
      return figure.rate;
    case 'provisional':
      return figure.high;
    case 'pending':
      return null;
  }
}

const order: Record<Maturity, number> = { confirmed: 0, provisional: 1, pending: 2 };

/** A span is as settled as its least settled part. */
export function leastSettled(figures: readonly Figure[]): Maturity {
  return figures.reduce<Maturity>(
    (worst, figure) => (order[figure.maturity] > order[worst] ? figure.maturity : worst),
    'confirmed',
  );
}
