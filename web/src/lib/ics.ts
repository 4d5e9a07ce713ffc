// Settling dates as a calendar file (RFC 5545): whole days, one event for each day and stage.
import { addDays } from './text/format';

export interface CalendarEvent {
  day: string;
  /** Tells it from others of the day; the same event has the same one in every file. */
  key: string;
  title: string;
}

function escaped(text: string): string {
  return text.replace(/([\\;,])/g, '\\$1').replaceAll('\n', '\\n');
}

/** Lines of at most 75 bytes, continued with a space; no character is cut. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let result = '';
  let bytes = 0;
  for (const char of line) {
    const size = encoder.encode(char).length;
    if (bytes + size > 75) {
      result += '\r\n ';
      bytes = 1;
    }
    result += char;
    bytes += size;
  }
  return result;
}

const compact = (day: string) => day.replaceAll('-', '');

/** `asOf`: the day whose knowledge the dates rest on. */
export function calendarOf(events: readonly CalendarEvent[], asOf: string): string {
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Ripen//Settling dates//EN', 'CALSCALE:GREGORIAN',
    ...events.flatMap(({ day, key, title }) => [
      'BEGIN:VEVENT', `UID:${escaped(key)}-${day}@ripen`, `DTSTAMP:${compact(asOf)}T000000Z`, `DTSTART;VALUE=DATE:${compact(day)}`,
      `DTEND;VALUE=DATE:${compact(addDays(day, 1))}`, `SUMMARY:${escaped(title)}`, 'TRANSP:TRANSPARENT', 'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}
