// SPDX-License-Identifier: MIT
// Light or dark: as the system says, unless the reader has chosen. Every colour is a `light-dark()` pair, so that the
// colour scheme of the document is all there is to switch.

import { useLayoutEffect } from 'preact/hooks'
import { useStore } from '../store.js'

export function useTheme(): void {
  const theme = useStore((state) => state.theme)
  useLayoutEffect(() => {
    if (theme === 'auto') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])
}
