// SPDX-License-Identifier: MIT
// What the pages show and no test of the pages runs, with the reason. A row that no line needs any more is an error.

export interface Exempt {
  /** Start of the commands, as the page has them. */
  readonly starts: string
  readonly reason: string
}

const CHANGES_THE_MACHINE = 'changes the machine it runs on'

export const exempt: readonly Exempt[] = [
  { starts: 'npm start', reason: 'builds this checkout; the gate begins with the same set-up' },
  { starts: 'npm test', reason: 'is what runs this' },
  { starts: 'npm run test:board', reason: 'is a lane of the gate' },
  { starts: 'npm install ', reason: 'scripts/lane-package.sh installs the package in every way' },
  { starts: 'apt-get install ', reason: CHANGES_THE_MACHINE },
  { starts: 'cmake ', reason: 'scripts/lane-arm.sh runs the same two commands' },
  { starts: 'scp ', reason: 'needs a board' },
  { starts: 'tar ', reason: 'unpacks the tarball; scripts/lane-package.sh packs and unpacks it' },
  { starts: 'ssh root@board tar ', reason: 'unpacks the tarball on a board' },
  {
    starts: 'ssh root@board node ',
    reason: 'runs what the line before it has unpacked on a board',
  },
  {
    starts: 'ssh root@board QCOM_SMEM_BINDING=',
    reason: 'runs what the line before it has copied to a board',
  },
  { starts: 'ssh -L ', reason: 'forwards a port of a board' },
  { starts: 'useradd ', reason: CHANGES_THE_MACHINE },
  { starts: 'install ', reason: CHANGES_THE_MACHINE },
  { starts: 'systemctl ', reason: CHANGES_THE_MACHINE },
  { starts: 'setpriv ', reason: 'needs the user that the service has' },
  { starts: 'promtool ', reason: 'scripts/lane-metrics.sh runs a real Prometheus on these files' },
  {
    starts: 'qcom-smem --source fake serve --metrics --listen 127.0.0.1:8787 &',
    reason: 'takes a port that may be in use; scripts/lane-metrics.sh does it on another',
  },
  { starts: 'curl ', reason: 'asks the server of the line before it' },
  { starts: 'sh scripts/lane-', reason: 'is a lane of the gate' },
  { starts: 'gdb-multiarch ', reason: 'scripts/lane-debuggers.sh opens snapshots with it' },
  { starts: 'readelf ', reason: 'scripts/lane-debuggers.sh opens snapshots with it' },
]

/** The rows that speak of a command: one, where the table is sound. */
export function exemptionsOf(command: string): Exempt[] {
  return exempt.filter(({ starts }) => command.startsWith(starts))
}
