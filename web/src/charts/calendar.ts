// Layout of the settling calendar: a row a stage, a column a day.
import { scaleBand } from 'd3-scale';
import type { TruthStage } from '../lib/api/types';
import type { IsoDay, Maturity } from '../lib/figure';
import { dayTicks } from './scale';

export interface CalendarCell {
  day: IsoDay;
  x: number;
  width: number;
  maturity: Maturity;
  /** How much of the cell is filled, from below: the share that has arrived. */
  filled: number;
}

/** `nameLength`: of the longest name at the left, in letters. */
export function layoutCalendar(stages: readonly TruthStage[], width: number, nameLength = 0) {
  const narrow = width < 560;
  const all = [...new Set(stages.flatMap((stage) => stage.days.map(({ day }) => day)))].sort();
  const days = all.slice(narrow ? -28 : -60);
  const left = narrow ? 0 : Math.min(width * 0.35, Math.max(148, nameLength * 7.8 + 16));
  const rowHeight = narrow ? 36 : 44;
  const gap = narrow ? 26 : 16;
  const top = narrow ? 44 : 24;
  const x = scaleBand<string>().domain(days).range([left, Math.max(left + 1, width - 46)]).paddingInner(0.14);
  const rows = stages.map((stage, i) => ({
    stage,
    y: top + i * (rowHeight + gap),
    cells: stage.days.flatMap((entry): CalendarCell[] => {
      const at = x(entry.day);
      if (at === undefined) return [];
      const filled = entry.maturity === 'confirmed' ? 1 : entry.maturity === 'pending' ? 0 : (entry.arrived_share ?? 0);
      return [{ day: entry.day, x: at, width: x.bandwidth(), maturity: entry.maturity, filled }];
    }),
  }));
  const height = top + stages.length * (rowHeight + gap) + 20;
  const ticks = dayTicks(days, width - left - 46).map((day) => ({ day, x: x(day) ?? 0 }));
  return { rows, narrow, left, rowHeight, height, top, today: width - 40, ticks, cut: all.length - days.length };
}
