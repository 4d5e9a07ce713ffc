// The texts of the pages that are loaded when they are opened; each of them imports this.
import { de, en } from '../../generated/late_texts';
import { addTexts } from './texts';

addTexts({ en, de });
