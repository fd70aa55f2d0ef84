import { signal, type ReadonlySignal } from '@preact/signals-core';

const WITHIN_MILLIS = 5000;

/** The operations that were asked to stop. One that goes on after five seconds can be asked again. */
export class Stops {
  private readonly set = signal<ReadonlySet<string>>(new Set());
  readonly asked: ReadonlySignal<ReadonlySet<string>> = this.set;

  /** Notes that an operation is asked to stop; false if it was already. */
  ask(operationId: string): boolean {
    if (this.set.value.has(operationId)) return false;
    this.set.value = new Set(this.set.value).add(operationId);
    setTimeout(() => this.forget((id) => id === operationId), WITHIN_MILLIS);
    return true;
  }

  /** Forgets those that stopped, or could not be asked. */
  forget(which: (operationId: string) => boolean): void {
    const still = [...this.set.value].filter((id) => !which(id));
    if (still.length < this.set.value.size) this.set.value = new Set(still);
  }
}
