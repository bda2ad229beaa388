// Photographs releases in the Temporal UI while the demo runs them. Started by the script 'take' beside it.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const { chromium } = createRequire(process.env.PLAYWRIGHT + '/')('playwright-core');
const folder = process.argv[2];
const PATIENCE = 8 * 60_000;
const COLUMNS = ['Status', 'Workflow ID', 'ReleaseStatus', 'ReleasePhase', 'SoakDeadline'];

/** A demo that runs; its lines are kept, so that a wait may come after what it waits for. */
class Demo {
  constructor(scenario) {
    const [command, ...first] = process.env.LONGWATCH.split(' ');
    this.lines = [];
    this.waiting = [];
    this.process = spawn(command, [...first, 'demo', '--ui', '--plain', '--scenario', scenario], {
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    this.ended = new Promise((resolve) => this.process.on('exit', resolve));
    createInterface({ input: this.process.stderr }).on('line', (line) => {
      this.lines.push(line);
      this.waiting.forEach((look) => look());
    });
    this.process.on('exit', (code) => {
      this.lines.push(`the demo ended with ${code}`);
      this.waiting.forEach((look) => look());
    });
  }

  /** The first line that fits, or a failure if the demo ends or takes too long. */
  line(pattern) {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`no line ${pattern} in time:\n${this.tail()}`)), PATIENCE);
      const look = () => {
        const found = this.lines.find((line) => pattern.test(line));
        if (found || this.lines.some((line) => line.startsWith('the demo ended'))) {
          clearTimeout(late);
          this.waiting = this.waiting.filter((other) => other !== look);
          found ? resolve(found) : reject(new Error(`no line ${pattern}:\n${this.tail()}`));
        }
      };
      this.waiting.push(look);
      look();
    });
  }

  tail() {
    return this.lines.slice(-15).join('\n');
  }

  async page() {
    return (await this.line(/The release's page: http/)).replace(/.*: (?=http)/, '');
  }

  async end() {
    this.process.stdin.end('\n');
    await this.ended;
  }
}

/** The page asks the release once for its current details; a release that is busy then leaves them empty. */
const DETAILS = { shows: /asked for by/ };
const LOOKS = 6;

async function open(page, address, shows) {
  await page.goto(address);
  for (let look = 1; shows && !(await isSeen(page, shows)); look++) {
    if (look === LOOKS) {
      throw new Error(`${address} does not show ${shows}`);
    }
    await page.reload();
  }
}

/** The UI renders Markdown in frames of its own. */
async function isSeen(page, text) {
  for (let look = 0; look < 40; look++) {
    for (const frame of page.frames()) {
      if (await frame.getByText(text).count().catch(() => 0)) {
        return true;
      }
    }
    await page.waitForTimeout(200);
  }
  return false;
}

async function shoot(browser, name, address, { height = 1000, compact = false, below = '', shows = '' } = {}) {
  const context = await browser.newContext({ viewport: { width: 1360, height } });
  await context.addInitScript(
    ([columns]) => {
      const shown = columns.map((label) => ({ label, pinned: false }));
      localStorage.setItem('namespace-workflow-table-columns', JSON.stringify({ default: shown }));
    },
    [COLUMNS],
  );
  const page = await context.newPage();
  await open(page, address, shows);
  await page.waitForTimeout(shows ? 1000 : 4000);
  if (compact) {
    await page.getByText('Compact', { exact: true }).first().click();
    await page.waitForTimeout(1000);
  }
  if (below) {
    await page.getByText(below, { exact: true }).first().evaluate((node) => node.scrollIntoView());
    await page.waitForTimeout(500);
  }
  await page.screenshot({ path: `${folder}/${name}.png` });
  await context.close();
  console.error(`${folder}/${name}.png`);
}

async function releaseThatSucceeds(browser) {
  const demo = new Demo('none');
  const page = await demo.page();
  const list = (await demo.line(/All releases: /)).replace(/.*: +(?=http)/, '');
  await demo.line(/AWAITING_DECISION: Deploy/);
  await shoot(browser, 'gate', `${page}/user-metadata`, DETAILS);
  await demo.line(/The first node is ready and stays so: RUNNING/);
  await shoot(browser, 'running', page, { below: 'Event History', compact: true, height: 900 });
  await demo.line(/Hours 4 to 8.*: \d+%, [2-9] looks/);
  await shoot(browser, 'pending', `${page}/pending-activities`, { height: 800 });
  await shoot(browser, 'soaking', `${page}/user-metadata`, DETAILS);
  const filter = encodeURIComponent('ReleaseService = "biometric-bridge" AND ReleaseStatus = "SOAKING"');
  await shoot(browser, 'list', list.replace(/query=.*/, `query=${filter}`), { height: 420 });
  await demo.line(/Its page stays/);
  await shoot(browser, 'history', page, { compact: true, height: 1250 });
  await demo.end();
}

async function releaseThatRollsBack(browser) {
  const demo = new Demo('leak');
  const page = await demo.page();
  await demo.line(/Its page stays/);
  await shoot(browser, 'rolled-back', `${page}/user-metadata`, { ...DETAILS, height: 1600 });
  await shoot(browser, 'rollback', page, { below: 'Event History', compact: true, height: 900 });
  await demo.end();
}

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  await releaseThatSucceeds(browser);
  await releaseThatRollsBack(browser);
} finally {
  await browser.close();
}
