import type { SegmentAttribute, SegmentList } from '../api/types';

/** The attribute that names an item's collection or season, if the data have one. */
export function collectionAttribute(segments: SegmentList): SegmentAttribute | null {
  return segments.attributes.find(({ kind, name }) => kind === 'item' && /collection|kollektion|season|saison/i.test(name)) ?? null;
}
