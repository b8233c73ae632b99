// SPDX-License-Identifier: MIT
// Where the page starts: its data lies beside this script in the file, as JSON. A live page begins with none and gets
// its first moment from the server.

import { render } from 'preact'
import type { PageData } from '../inspect/page.js'
import { Shell } from './shell/shell.js'
import { actions, followHash, followPrinting } from './store.js'

const data = document.getElementById('data')?.textContent ?? ''
if (data.trim() !== '') actions.show(JSON.parse(data) as PageData)
followHash()
followPrinting()
const root = document.getElementById('page')!
root.replaceChildren()
render(<Shell />, root)
