import { describe, expect, it } from 'vitest';
import { marksBetween, marksOf } from './marks';

describe('what the shop did', () => {
  const marks = marksOf([{ day: '2026-11-02', title: 'Sale' }, { day: '2026-10-26', title: 'Winter' }, { day: '2026-11-02', title: 'Model v13' }]);
  it('stands on its day, what fell on one day together', () => {
    expect(marks).toEqual([{ day: '2026-10-26', names: ['Winter'] }, { day: '2026-11-02', names: ['Sale', 'Model v13'] }]);
  });
  it('is drawn where the chart has the day', () => {
    expect(marksBetween(marks, '2026-10-27', '2026-11-30').map(({ day }) => day)).toEqual(['2026-11-02']);
    expect(marksBetween(marks, undefined, undefined)).toEqual([]);
  });
});
