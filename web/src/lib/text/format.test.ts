import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, daysOf, Formats } from './format';

const en = new Formats('en');
const de = new Formats('de');

describe('figures in 100', () => {
  it('have no digits from ten on, one below, two where one would say nothing', () => {
    expect([0.284, 0.1, 0.0995, 0.034, 0.006, 0.0004, 0].map((rate) => en.inHundred(rate))).toEqual(['28', '10', '10', '3.4', '0.6', '0.04', '0.0']);
  });

  it('follow the language', () => {
    expect(de.inHundred(0.034)).toBe('3,4');
    expect(en.inHundredExactly(0.1487)).toBe('14.9');
    expect(de.inHundredExactly(0.0341)).toBe('3,41');
  });

  it('give both ends of a range the same digits', () => {
    expect(en.inHundredRange(0.03, 0.034)).toBe('3.0–3.4');
    expect(de.inHundredRange(0.098, 0.121)).toBe('9,8–12,1');
    expect(en.inHundredRange(0.281, 0.284)).toBe('28.1–28.4');
    expect(en.inHundredRange(0, 0)).toBe('0.000–0.000');
  });
});

describe('cases of ten and sizes of a change', () => {
  it('have a digit after the comma only where it says something', () => {
    expect([0, 0.025, 0.95, 1].map((share) => en.inTen(share))).toEqual(['0', '0.3', '9.5', '10']);
    expect([en.inTenRange(0.5914, 0.996), de.inTenRange(0, 0.5756), en.inTenRange(1, 1)]).toEqual(['5.9–10', '0–5,8', '10']);
    expect([en.forEveryTen(0.8), en.forEveryTenRange(0.766, 0.84), de.forEveryTenRange(0.95, 1.042), en.forEveryTenRange(0.801, 0.804)]).toEqual(['8.0', '7.7–8.4', '9,5–10,4', '8.0–8.0']);
    expect([en.percent(-0.25), de.percent(0.125)]).toEqual(['25\u00a0%', '12,5\u00a0%']);
  });
});

describe('days', () => {
  it('are written as the language does', () => {
    expect(en.full('2026-11-20')).toBe('Fri 20 Nov 2026');
    expect(de.full('2026-11-20')).toBe('Fr., 20. Nov. 2026');
    expect(en.weekday('2026-11-12')).toBe('Thu 12 Nov');
  });

  it('of one month stand close together in a range', () => {
    expect(en.days('2026-11-12', '2026-11-21')).toBe('12–21 Nov');
    expect(de.days('2026-11-12', '2026-11-21')).toBe('12.–21. Nov.');
    expect(en.days('2026-10-31', '2026-11-06')).toMatch(/^31 Oct\s–\s6 Nov$/);
    expect(en.days('2026-11-12', '2026-11-12')).toBe('12 Nov');
  });

  it('are counted across the change of clocks', () => {
    expect(addDays('2026-10-24', 2)).toBe('2026-10-26');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysOf('2026-12-30', '2027-01-02')).toEqual(['2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02']);
    expect(daysOf('2026-12-30', '2026-12-29')).toEqual([]);
  });
});
