// What every component may ask: the address, the language, the theme and the program.
import { HttpApi, type Api } from './api/client';
import type { IsoDay } from './figure';
import type { DayMark } from './model/marks';
import { addressOf, home, parseRoute, type Route } from './route';
import { Formats } from './text/format';
import { translator, type Language, type Translate } from './text/texts';

export type Theme = 'light' | 'dark';

const base = new URL('.', document.baseURI).pathname;

function systemLanguage(): Language {
  return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
}

function storedTheme(): Theme | null {
  try {
    const value = localStorage.getItem('theme');
    return value === 'light' || value === 'dark' ? value : null;
  } catch {
    return null;
  }
}

class App {
  route = $state<Route>(parseRoute(base, location.pathname, location.search));
  /** null: as the system says. */
  theme = $state<Theme | null>(storedTheme());
  /** The day that the figures on the page were known on; null while none has come. */
  knownOn = $state<IsoDay | null>(null);
  /** What the shop did, for every chart over time. */
  marks = $state.raw<readonly DayMark[]>([]);
  private systemDark = $state(matchMedia('(prefers-color-scheme: dark)').matches);
  private attempt = $state(0);

  readonly language: Language = $derived(this.route.language ?? systemLanguage());
  readonly t: Translate = $derived(translator(this.language));
  readonly f: Formats = $derived(new Formats(this.language));
  readonly dark: boolean = $derived(this.theme === null ? this.systemDark : this.theme === 'dark');
  private readonly asOf = $derived(this.route.asOf);
  readonly api: Api = $derived.by(() => {
    void this.attempt;
    return new HttpApi(`${base}api/v1/`, this.asOf);
  });

  constructor() {
    addEventListener('popstate', () => {
      this.route = parseRoute(base, location.pathname, location.search);
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => {
      this.systemDark = event.matches;
    });
  }

  /** The address of a page; language and day are kept. */
  href(change: Partial<Route>): string {
    return addressOf(base, { ...home, language: this.route.language, asOf: this.route.asOf, ...change });
  }

  /** The address of a file beside the pages. */
  file(name: string): string {
    return base + name;
  }

  /** Same page, other question; without a new entry in the history where it is a mere switch. */
  change(change: Partial<Route>, replace = false): void {
    this.open(addressOf(base, { ...this.route, ...change }), replace);
  }

  open(address: string, replace = false): void {
    const before = this.route.page;
    if (replace) history.replaceState(null, '', address);
    else history.pushState(null, '', address);
    this.route = parseRoute(base, location.pathname, location.search);
    if (this.route.page !== before || !replace) scrollTo(0, 0);
  }

  /** Turns a click on one of our own links into a change of page. */
  follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || link.target !== '' || link.origin !== location.origin || !link.pathname.startsWith(base)) return;
    if (link.getAttribute('href')?.startsWith('#') === true) return;
    event.preventDefault();
    this.open(link.pathname + link.search);
    document.getElementById('main')?.focus({ preventScroll: true });
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // A browser without storage forgets the choice.
    }
  }

  /** The program has newer data; a day that was asked for stays as it was known. */
  refresh(): void {
    if (this.asOf === null) this.attempt += 1;
  }

  retry(): void {
    this.attempt += 1;
  }
}

export const app = new App();
