// What the shop did on a day, as every chart over time shows it.
import type { IsoDay } from '../figure';

export interface DayMark {
  day: IsoDay;
  names: string[];
}

export function marksOf(annotations: readonly { day: IsoDay; title: string }[]): DayMark[] {
  const byDay = new Map<IsoDay, string[]>();
  for (const { day, title } of annotations) byDay.set(day, [...(byDay.get(day) ?? []), title]);
  return [...byDay].map(([day, names]) => ({ day, names })).sort((a, b) => (a.day < b.day ? -1 : 1));
}

export function marksBetween(marks: readonly DayMark[], first: IsoDay | undefined, last: IsoDay | undefined): DayMark[] {
  return first === undefined || last === undefined ? [] : marks.filter(({ day }) => day >= first && day <= last);
}
