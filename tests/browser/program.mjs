// The real program as a process, with its example loaded.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './chromium.mjs';

/** { address, stop }. */
export async function startProgram() {
  if (process.env.RIPEN_URL !== undefined) return { address: process.env.RIPEN_URL.replace(/\/?$/, '/'), stop: () => {} };
  const program = process.env.RIPEN_PROGRAM ?? fileURLToPath(new URL('build/release/ripen', root));
  if (!existsSync(program)) throw new Error(`There is no program at ${program}; ./dev build makes it, or RIPEN_PROGRAM names another.`);
  const folder = mkdtempSync(path.join(tmpdir(), 'ripen-browser-'));
  const options = ['demo', '--listen', '127.0.0.1:0', '--out', folder];
  if (process.env.RIPEN_UI_DIR !== undefined) options.push('--ui-dir', process.env.RIPEN_UI_DIR);
  const child = spawn(program, options, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  const address = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`No address within 120 s. The program said:\n${said}`)), 120_000);
    const read = (chunk) => {
      said += chunk;
      const found = /http:\/\/[^\s/]+\//.exec(said) ?? /http:\/\/[^\s/]+(?=\s)/.exec(said);
      if (found === null) return;
      clearTimeout(late);
      resolve(found[0].replace(/\/?$/, '/'));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`The program ended with ${code}. It said:\n${said}`));
    });
  });
  return {
    address,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
