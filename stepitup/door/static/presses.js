export class Presses {
    wanted;
    within;
    moments = [];
    isAlone = false;
    constructor(wanted, within) {
        this.wanted = wanted;
        this.within = within;
    }
    down(key, isRepeated) {
        this.isAlone = key === "Shift" && !isRepeated;
        if (key !== "Shift") {
            this.moments = [];
        }
    }
    up(key, at) {
        if (key !== "Shift" || !this.isAlone) {
            return false;
        }
        this.isAlone = false;
        this.moments = [...this.moments.filter((moment) => at - moment <= this.within), at];
        return this.moments.length >= this.wanted;
    }
}
