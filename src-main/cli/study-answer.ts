/** One study: takes its own arguments and answers with what to print, or with what is wrong in words. */
export interface Study {
  run(args: string[]): Promise<StudyAnswer>
}

/** `figures` is printed with `--json`, `report` without. */
export type StudyAnswer =
  | { readonly ok: true; readonly figures: object; readonly report: string }
  | { readonly ok: false; readonly reason: string }
