// SPDX-License-Identifier: MIT
// The known word that a mistyped one most likely meant.

/** The candidate with the fewest edits, or one that contains the word; null where nothing is near. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const limit = Math.max(2, Math.floor(word.length / 3))
  let best: string | null = null
  let least = limit + 1
  for (const candidate of candidates) {
    const distance = edits(word, candidate)
    if (distance < least) {
      best = candidate
      least = distance
    }
  }
  if (best !== null || word.length < 3) return best
  return candidates.find((candidate) => candidate.includes(word)) ?? null
}

/** Levenshtein distance, one row at a time. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1))
    }
    row = next
  }
  return row[b.length]!
}
