// Counts presses of Shift by itself: a Shift that makes a capital letter is none, and typing in between begins anew.

/** Says when Shift was pressed so many times within so many milliseconds. */
export class Presses {
  private moments: number[] = [];
  private isAlone = false;

  constructor(
    private readonly wanted: number,
    private readonly within: number,
  ) {}

  down(key: string, isRepeated: boolean): void {
    this.isAlone = key === "Shift" && !isRepeated;
    if (key !== "Shift") {
      this.moments = [];
    }
  }

  up(key: string, at: number): boolean {
    if (key !== "Shift" || !this.isAlone) {
      return false;
    }
    this.isAlone = false;
    this.moments = [...this.moments.filter((moment) => at - moment <= this.within), at];
    return this.moments.length >= this.wanted;
  }
}
