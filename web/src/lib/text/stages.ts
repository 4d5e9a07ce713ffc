// Words for the stages. The usual three have their own; a stage that the user named is called so.
import type { TextKey, Translate } from './texts';

const usual = ['click', 'purchase', 'return'] as const;
type Usual = (typeof usual)[number];

function isUsual(stage: string): stage is Usual {
  return (usual as readonly string[]).includes(stage);
}

export class StageWords {
  constructor(
    private readonly t: Translate,
    readonly stage: string,
    readonly of: string,
  ) {}

  /** "Clicked". */
  title(): string {
    return isUsual(this.stage) ? this.t(`stage.${this.stage}.label`) : this.stage;
  }

  /** "Clicks". */
  noun(): string {
    return isUsual(this.stage) ? this.t(`ui.stage.${this.stage}.noun`) : this.stage;
  }

  /** "clicks", inside a sentence. */
  plural(): string {
    return isUsual(this.stage) ? this.t(`stage.${this.stage}.plural`) : this.stage;
  }

  /** "Clicked, out of every 100 recommendations shown". */
  outOf(): string {
    return this.own('of');
  }

  /** "Clicked in 100". */
  short(): string {
    return this.own('short');
  }

  /** "Each dot is one recommendation. Filled dots were clicked." */
  dot(): string {
    return this.own('dot');
  }

  /** "the purchase", as what another stage counts from. */
  event(): string {
    if (this.stage === 'click' || this.stage === 'purchase') return this.t(`ui.stage.${this.stage}.event`);
    return this.t('ui.stage.other.event', { stage: this.title() });
  }

  /** "in 100 bought". */
  unit(): string {
    if (this.of === 'shown') return this.t('ui.in_100');
    if (this.of === 'purchase' || this.of === 'click') return this.t(`ui.in_100.${this.of}`);
    return this.t('ui.in_100.other', { base: this.of });
  }

  private own(part: 'of' | 'short' | 'dot'): string {
    const expectedBase = this.stage === 'return' ? 'purchase' : 'shown';
    if (isUsual(this.stage) && this.of === expectedBase) return this.t(`ui.stage.${this.stage}.${part}` satisfies TextKey);
    return this.t(`ui.stage.other.${part}`, { stage: this.title() });
  }
}
