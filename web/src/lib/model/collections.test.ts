import { describe, expect, it } from 'vitest';
import { collectionsOf } from '../../../fixtures/collections';
import { Formats } from '../text/format';
import { chosenSwitch, comparisonOf, curvePoints, shareTracks, sidesOf, stageOf } from './collections';

const answer = collectionsOf('2026-11-20');
const newest = chosenSwitch(answer, undefined);

describe('the collections page', () => {
  it('shows the newest switch, or the one asked for', () => {
    expect([newest?.old_collection, newest?.new_collection]).toEqual(['Autumn', 'Winter']);
    expect(chosenSwitch(answer, 'Autumn')?.old_collection).toBe('Summer');
    expect(chosenSwitch(answer, 'nonsense')).toBe(newest);
    expect(chosenSwitch(collectionsOf('2026-06-01'), undefined)).toBeNull();
  });

  it('puts the newer collection first, and its line ends where it has got to', () => {
    if (newest === null) throw new Error('no switch');
    const [fresh, old] = sidesOf(answer, newest);
    expect([fresh?.value, old?.value]).toEqual(['Winter', 'Autumn']);
    if (fresh === undefined || old === undefined) throw new Error('no sides');
    const points = curvePoints(fresh, 'purchase', (week) => `week ${week}`);
    expect(points.length).toBeLessThan(curvePoints(old, 'purchase', String).length);
    expect(points.map(({ x }) => x)).toEqual([0, 7, 14]);
    expect(points[0]?.name).toBe('week 1');
    expect(points.at(-1)?.at.state).toBe('provisional');
    expect(curvePoints(fresh, 'return', String).every(({ at }) => at.state === 'pending')).toBe(true);
  });

  it('knows what cannot be compared yet, and until when', () => {
    const returned = newest === null ? null : stageOf(newest, 'return');
    const overlap = returned === null ? null : comparisonOf(returned, 'overlap');
    expect([overlap?.state, overlap?.comparable_on]).toEqual(['not_comparable', '2026-12-16']);
  });

  it('draws the parts of both from eight weeks before the launch', () => {
    if (newest === null) throw new Error('no switch');
    const tracks = shareTracks(answer, newest, String, new Formats('en'));
    expect(tracks.map(({ name, tone }) => [name, tone])).toEqual([['Winter', 'data'], ['Autumn', 'second']]);
    expect(tracks[1]?.points[0]?.name).toBe(new Formats('en').days('2026-08-31', '2026-09-06'));
  });
});
