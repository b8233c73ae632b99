// SPDX-License-Identifier: MIT
// `doctor`: what stands in the way on this machine, with the evidence and the remedy.

import { doctorReport } from '../../inspect/doctor.js'
import { type Run, report } from '../command.js'
import { Exit } from '../exit.js'
import { doctorText } from '../render/doctor.js'
import { notUsed } from '../render/source.js'

export const run: Run = (context) => {
  const { source = 'live' } = context.source
  if (source !== 'live') context.say(notUsed(source, 'doctor examines this machine'))
  const examined = doctorReport()
  report(context, examined, () => doctorText(examined, context.style))
  return examined.ok ? Exit.OK : Exit.FINDINGS
}
