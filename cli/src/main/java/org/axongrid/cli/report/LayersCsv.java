package org.axongrid.cli.report;

import java.util.Locale;
import org.axongrid.cli.pipeline.Layer;
import org.axongrid.cli.pipeline.RunResult;

/** One row a layer: where it is, what quantisation did to it, how much it spikes. */
public final class LayersCsv {
    private LayersCsv() { }

    /** @return the table; spikes per inference are empty if the references were left out */
    public static String of(RunResult r) {
        StringBuilder out = new StringBuilder("layer,shape,neurons,cores,start_step,threshold_min,threshold_max,scale_min,scale_max,weight_max,"
            + "weights_rounded_to_zero,weight_rms_error,spikes_per_inference\n");
        for (Layer l : Layer.of(r.prepared())) {
            String spikes = r.references() == null ? "" : Double.toString(r.references().spikesOf()[l.population()] / (double) r.images());
            out.append(String.format(Locale.ROOT, "%s,%s,%d,%d,%d,%d,%d,%s,%s,%d,%s,%s,%s%n", l.name().replace(',', ';'), l.shape(), l.neurons(),
                l.cores(), l.startStep(), l.rounding().thresholdMin(), l.rounding().thresholdMax(), l.rounding().scaleMin(), l.rounding().scaleMax(),
                l.rounding().maxWeight(), l.rounding().zeroed(), l.rounding().rmsError(), spikes));
        }
        return out.toString();
    }
}
