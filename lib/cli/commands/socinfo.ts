// SPDX-License-Identifier: MIT
// `socinfo`: what chip this is; short for `show HW_SW_BUILD_ID`.

import type { Run } from '../command.js'
import { run as show } from './show.js'

export const run: Run = (context, _args, options) => show(context, ['HW_SW_BUILD_ID'], options)
