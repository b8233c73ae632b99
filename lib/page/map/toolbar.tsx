// SPDX-License-Identifier: MIT
// Zooming and moving with buttons, for those who have no wheel, or do not know that it works.

interface ToolbarProps {
  /** What is moved, for those who only hear it. */
  readonly title: string
  readonly zoom: (factor: number) => void
  readonly pan: (part: number) => void
  readonly showAll: () => void
}

export function Toolbar({ title, zoom, pan, showAll }: ToolbarProps) {
  return (
    <div class="map-tools no-print" role="toolbar" aria-label={`View of the ${title}`}>
      <button type="button" aria-label="Move to lower addresses" onClick={() => pan(-0.5)}>
        ←
      </button>
      <button type="button" aria-label="Move to higher addresses" onClick={() => pan(0.5)}>
        →
      </button>
      <button type="button" aria-label="Zoom out" onClick={() => zoom(0.5)}>
        −
      </button>
      <button type="button" aria-label="Zoom in" onClick={() => zoom(2)}>
        +
      </button>
      <button type="button" onClick={showAll}>
        All
      </button>
    </div>
  )
}
