/** What a study found, or in words for the user why it found nothing: which file, which line, what is wrong. */
export type Finding<Figures> =
  { readonly ok: true; readonly figures: Figures } | { readonly ok: false; readonly reason: string }
