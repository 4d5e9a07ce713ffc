// Names of groups as people read them, from the labels that the program sends.
import type { SegmentAttribute, SegmentList, Slice } from '../api/types';
import type { Language, Translate } from '../text/texts';

export class GroupNames {
  constructor(
    private readonly segments: SegmentList,
    private readonly language: Language,
    private readonly t: Translate,
  ) {}

  find(attribute: string): SegmentAttribute | null {
    return this.segments.attributes.find(({ name }) => name === attribute) ?? null;
  }

  /** "Age". */
  attribute(name: string): string {
    return this.find(name)?.label[this.language] ?? name;
  }

  /** "age", inside an English sentence; German nouns keep their capital. */
  attributeInside(name: string): string {
    const label = this.attribute(name);
    return this.language === 'en' && /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
  }

  /** "25–34". */
  value(attribute: string, value: string | null): string {
    const known = this.find(attribute)?.values.find((entry) => entry.value === value);
    return known?.label[this.language] ?? value ?? this.t('ui.value.missing');
  }

  /** "25–34, North": where the attributes are plain from what stands around. */
  short(slice: Slice): string {
    const parts = Object.entries(slice).map(([name, value]) => this.value(name, value));
    return parts.length === 0 ? this.t('ui.everyone') : parts.join(', ');
  }

  /** "Age: 25–34, Region: North". */
  full(slice: Slice): string {
    const parts = Object.entries(slice).map(([attribute, value]) =>
      this.t('ui.group.name', { attribute: this.attribute(attribute), value: this.value(attribute, value) }),
    );
    return parts.length === 0 ? this.t('ui.everyone') : parts.join(', ');
  }

  isHidden(slice: Slice): boolean {
    return Object.entries(slice).some(
      ([name, value]) => this.find(name)?.values.find((entry) => entry.value === value)?.hidden === true,
    );
  }

  isKnown(slice: Slice): boolean {
    return Object.entries(slice).every(
      ([name, value]) => this.find(name)?.values.some((entry) => entry.value === value) === true,
    );
  }
}
