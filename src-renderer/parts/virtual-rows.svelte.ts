import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualItem,
  type VirtualizerOptions
} from '@tanstack/virtual-core'
import type { Attachment } from 'svelte/attachments'

/** Rows of one height in a scrolling element, of which only those in sight are drawn. */
export class VirtualRows {
  #items = $state.raw<readonly VirtualItem[]>([])
  #height = $state(0)
  readonly #rowHeight: number
  #element: HTMLElement | null = null
  readonly #virtualizer: Virtualizer<HTMLElement, HTMLElement>
  #count = 0

  constructor(rowHeight: number) {
    this.#rowHeight = rowHeight
    this.#virtualizer = new Virtualizer(this.#options())
  }

  /** What is drawn, each with its index and its distance from the top, px. */
  get items(): readonly VirtualItem[] {
    return this.#items
  }
  /** Of all rows, px. */
  get height(): number {
    return this.#height
  }

  set count(count: number) {
    this.#count = count
    this.#virtualizer.setOptions(this.#options())
    this.#virtualizer._willUpdate()
    this.#take()
  }

  /** Brings a row into sight. */
  reveal(index: number): void {
    this.#virtualizer.scrollToIndex(index)
  }

  readonly attach: Attachment<HTMLElement> = (element) => {
    this.#element = element
    const end = this.#virtualizer._didMount()
    this.#virtualizer._willUpdate()
    this.#take()
    return () => {
      end()
      this.#element = null
    }
  }

  #take(): void {
    this.#items = this.#virtualizer.getVirtualItems()
    this.#height = this.#virtualizer.getTotalSize()
  }

  #options(): VirtualizerOptions<HTMLElement, HTMLElement> {
    return {
      count: this.#count,
      getScrollElement: () => this.#element,
      estimateSize: () => this.#rowHeight,
      overscan: 4,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => {
        this.#take()
      }
    }
  }
}
