/** One line of a menu. */
export interface MenuItem {
  readonly label: string
  /** A second, dimmer text: an explanation or a shortcut. */
  readonly hint?: string
  readonly checked?: boolean
  readonly disabled?: boolean
  /** A line above it. */
  readonly separated?: boolean
  readonly pick: () => void
}
