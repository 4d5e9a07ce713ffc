// Layout of the dumbbell: each group before a change and since, on one scale.
import type { GapRow } from '../lib/model/overview';
import type { Slice } from '../lib/api/types';
import { valueScale } from './scale';

export interface DumbbellRow {
  name: string;
  slice: Slice;
  before: number | null;
  after: number;
  /** The findings say that this group changed. */
  changed: boolean;
}

/** The rows whose figures are confirmed; the others have nothing to put on the scale. */
export function dumbbellRows(rows: readonly GapRow[], nameOf: (slice: Slice) => string, changed: (slice: Slice) => boolean): DumbbellRow[] {
  return rows.flatMap(({ slice, before, after }) => {
    if (after.figure.maturity !== 'confirmed') return [];
    const was = before?.figure.maturity === 'confirmed' ? before.figure.rate : null;
    return [{ name: nameOf(slice), slice, before: was, after: after.figure.rate, changed: changed(slice) }];
  });
}

/** The distance between the best and the worst served. */
export function gapOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values);
}

export function layoutDumbbell(rows: readonly DumbbellRow[], width: number, rowHeight: number) {
  const need = Math.max(0, ...rows.map(({ name }) => name.length)) * 7.6 + 24;
  const stacked = need > width * 0.42;
  const left = stacked ? 8 : need;
  const high = stacked ? 52 : rowHeight;
  const height = rows.length * high + 24;
  const top = Math.max(0, ...rows.map(({ before, after }) => Math.max(before ?? 0, after)));
  const x = valueScale(top, [left, Math.max(left + 1, width - 40)]);
  return {
    stacked,
    height,
    axis: x.ticks(4).map((value) => ({ value, x: x(value) })),
    rows: rows.map((row, i) => ({
      row,
      y: stacked ? i * high + 34 : i * high + high / 2,
      nameY: stacked ? i * high + 17 : i * high + high / 2 + 5,
      before: row.before === null ? null : x(row.before * 100),
      after: x(row.after * 100),
    })),
  };
}
