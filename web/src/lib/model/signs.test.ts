import { describe, expect, it } from 'vitest';
import { expectedOf, signsOf } from '../../../fixtures/signs';
import { Formats } from '../text/format';
import { chosenStage, expectedTracks, scaleOf, signPoints } from './signs';

const shop = { asOf: '2026-11-20', first: '2026-10-22', perDay: 2000, empty: false };
const f = new Formats('en');

describe('early signs', () => {
  it('draws shares in 100, and leaves out days that cannot be told', () => {
    const sign = signsOf(shop).signs.find(({ code }) => code === 'new_items');
    if (sign === undefined) throw new Error('no sign');
    const points = signPoints(sign, f);
    expect(scaleOf(sign)).toBe(100);
    expect(points.slice(0, 14).every(({ at }) => at.state === 'pending')).toBe(true);
    expect(points[20]?.at).toMatchObject({ state: 'confirmed' });
  });

  it('never draws what scores expect as anything but expected', () => {
    const tracks = expectedTracks(expectedOf(shop, 'click', {}), [], { came: 'came', expected: 'by the scores' }, f);
    expect(tracks[1]?.points.map(({ at }) => at.state)).toEqual(['expected', 'expected', 'expected', 'expected', 'expected']);
  });

  it('asks of outcomes that count from what was shown', () => {
    const stages = [{ stage: 'click', of: 'shown', given: false }, { stage: 'purchase', of: 'shown', given: true }, { stage: 'return', of: 'purchase', given: true }];
    expect([chosenStage(stages, 'return'), chosenStage(stages, null), chosenStage([], null)]).toEqual(['purchase', 'purchase', null]);
  });
});
