package org.axongrid.isa.chip;

import java.util.EnumMap;
import java.util.Map;

/**
 * A chip as data: every {@link ChipParameter} with its value and the source of that value. Immutable.
 *
 * <p>Cores are numbered {@code chip * coresPerChip + tile * coresPerTile + slot}, tiles {@code y * meshWidth + x}. The chips of a system
 * stand side by side in one row: chip k's tiles continue chip k-1's to the east, so that a hop between chips is an east-west hop too.
 */
public final class ChipSpec {
    /**
     * One parameter's value.
     *
     * @param value  in the parameter's unit
     * @param source where the figure is from, in words
     */
    public record Value(int value, String source) { }

    private final String name;
    private final String summary;
    private final CoreModel coreModel;
    private final String energyProfile;
    private final String timingProfile;
    private final EnumMap<ChipParameter, Value> values;

    /**
     * @param name          short name, as on the command line
     * @param summary       one sentence
     * @param coreModel     how its neurocores work
     * @param energyProfile name of the cost profile that prices its events by default
     * @param timingProfile name of the cost profile that times them by default
     * @param values        a value for each parameter of the core model
     */
    public ChipSpec(String name, String summary, CoreModel coreModel, String energyProfile, String timingProfile, Map<ChipParameter, Value> values) {
        this.name = name;
        this.summary = summary;
        this.coreModel = coreModel;
        this.energyProfile = energyProfile;
        this.timingProfile = timingProfile;
        this.values = new EnumMap<>(values);
        for (ChipParameter p : ChipParameter.of(coreModel)) {
            Value v = this.values.get(p);
            if (v == null) {
                throw new IllegalArgumentException("no value for " + p.key());
            }
            if (v.value() < p.min() || v.value() > p.max()) {
                throw new IllegalArgumentException(p.key() + " = " + v.value() + " is outside " + p.min() + ".." + p.max());
            }
        }
    }

    /** @return short name */
    public String name() {
        return name;
    }

    /** @return one sentence on what it models */
    public String summary() {
        return summary;
    }

    /** @return how its neurocores work */
    public CoreModel coreModel() {
        return coreModel;
    }

    /** @return name of the default cost profile for energy */
    public String energyProfile() {
        return energyProfile;
    }

    /** @return name of the default cost profile for time */
    public String timingProfile() {
        return timingProfile;
    }

    /**
     * @return the value of a parameter, in its unit
     * @throws IllegalArgumentException if chips of this core model do not have it
     */
    public int get(ChipParameter parameter) {
        return value(parameter).value();
    }

    private Value value(ChipParameter parameter) {
        Value v = values.get(parameter);
        if (v == null) {
            throw new IllegalArgumentException(name + " (" + coreModel.key() + ") has no parameter " + parameter.key());
        }
        return v;
    }

    /** @return where the value of a parameter is from */
    public String source(ChipParameter parameter) {
        return value(parameter).source();
    }

    /** @return a copy with one value changed, its source "set by the user" */
    public ChipSpec with(ChipParameter parameter, int value) {
        EnumMap<ChipParameter, Value> changed = new EnumMap<>(values);
        changed.put(parameter, new Value(value, "set by the user"));
        return new ChipSpec(name, summary, coreModel, energyProfile, timingProfile, changed);
    }

    /** @return whether spikes carry payloads */
    public boolean hasGradedSpikes() {
        return coreModel == CoreModel.LOIHI && get(ChipParameter.SPIKE_PAYLOAD_BITS) > 0;
    }

    /** @return neurocores per chip */
    public int coresPerChip() {
        return get(ChipParameter.MESH_WIDTH) * get(ChipParameter.MESH_HEIGHT) * get(ChipParameter.CORES_PER_TILE);
    }

    /** @return the chip that core {@code core} of the system is on */
    public int chipOf(int core) {
        return core / coresPerChip();
    }

    /** @return the core's tile within its chip, {@code y * meshWidth + x} */
    public int tileOf(int core) {
        return core % coresPerChip() / get(ChipParameter.CORES_PER_TILE);
    }

    /** @return the column of the core's tile in the system, chips side by side */
    public int columnOf(int core) {
        int width = get(ChipParameter.MESH_WIDTH);
        return chipOf(core) * width + tileOf(core) % width;
    }

    /** @return the row of the core's tile */
    public int rowOf(int core) {
        return tileOf(core) / get(ChipParameter.MESH_WIDTH);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ChipSpec c && name.equals(c.name) && summary.equals(c.summary) && coreModel == c.coreModel
            && energyProfile.equals(c.energyProfile)
            && timingProfile.equals(c.timingProfile) && values.equals(c.values);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + values.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
