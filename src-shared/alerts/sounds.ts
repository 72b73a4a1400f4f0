/** A sound of the user's is at most so large, bytes, and so long, s: an alert is heard, not listened to. */
export const mostSoundBytes = 1_000_000
export const mostSoundSeconds = 10

/** What kind of sound the first bytes say it is; undefined for what is none of these, whatever its name ends with. */
export function soundKind(bytes: Uint8Array): 'wav' | 'ogg' | 'mp3' | 'flac' | undefined {
  const says = (at: number, words: string): boolean =>
    Array.from(words, (letter, k) => bytes[at + k] === letter.charCodeAt(0)).every(Boolean)
  if (says(0, 'RIFF') && says(8, 'WAVE')) return 'wav'
  if (says(0, 'OggS')) return 'ogg'
  if (says(0, 'fLaC')) return 'flac'
  if (says(0, 'ID3') || (bytes[0] === 0xff && (bytes[1] ?? 0) >= 0xe0)) return 'mp3'
  return undefined
}

/** Why a file cannot be a sound, in words; empty when it can, as far as its bytes tell. */
export function soundFault(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'The file is empty.'
  if (bytes.length > mostSoundBytes) return 'The file is larger than 1 MB.'
  return soundKind(bytes) ? '' : 'The file is no WAV, OGG, MP3 or FLAC.'
}
