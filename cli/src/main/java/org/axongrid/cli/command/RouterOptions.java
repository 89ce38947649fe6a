package org.axongrid.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.axongrid.emulator.noc.AnalyticMesh;
import org.axongrid.emulator.noc.ChipLinks;
import org.axongrid.emulator.noc.DeliveryListener;
import org.axongrid.emulator.noc.Mesh;
import org.axongrid.emulator.noc.MeshGroup;
import org.axongrid.emulator.noc.MeshParameters;
import org.axongrid.emulator.noc.Router;
import org.axongrid.emulator.noc.VcMesh;
import org.axongrid.emulator.noc.VcParameters;
import org.axongrid.emulator.noc.Xy1Mesh;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options that describe a mesh and its routers. */
final class RouterOptions {
    private static final int MESHES_MAX = 8;
    private static final int WIDTH_MAX = 9999;
    private static final int CREDIT_XY1 = 1;
    /** Two cycles to the sender and one to count it, after the slot is free. */
    private static final int CREDIT_VC = 3;
    private static final int EJECTION_XY1 = 1;
    /** The link to the core, and the core. */
    private static final int EJECTION_VC = 2;

    @Option(names = "--mesh", defaultValue = "8x8", paramLabel = "WxH",
        description = "routers per row and rows (default: ${DEFAULT-VALUE})")
    String mesh;
    @Option(names = "--router", split = ",", defaultValue = "xy1", paramLabel = "analytic|xy1|vc",
        description = "how routers are modelled: no contention, one virtual channel, or virtual channels and pipeline stages; several for a table each "
            + "(default: ${DEFAULT-VALUE})")
    private List<String> routers;
    @Option(names = "--order", defaultValue = "xy", paramLabel = "xy|yx",
        description = "which dimension is routed first (default: ${DEFAULT-VALUE})")
    private String order;
    @Option(names = "--buffer", defaultValue = "4", paramLabel = "B",
        description = "flits per input FIFO; vc: per virtual channel (default: ${DEFAULT-VALUE})")
    private int buffer;
    @Option(names = "--hop-x", defaultValue = "1", paramLabel = "CYCLES",
        description = "east-west hop; vc: the link alone (default: ${DEFAULT-VALUE})")
    private int hopX;
    @Option(names = "--hop-y", defaultValue = "1", paramLabel = "CYCLES",
        description = "north-south hop; vc: the link alone (default: ${DEFAULT-VALUE})")
    private int hopY;
    @Option(names = "--credit", paramLabel = "CYCLES", description = "credit return (default: " + CREDIT_XY1 + "; vc: " + CREDIT_VC + ")")
    private Integer credit;
    @Option(names = "--injection", defaultValue = "1", paramLabel = "CYCLES",
        description = "from core to router (default: ${DEFAULT-VALUE})")
    private int injection;
    @Option(names = "--ejection", paramLabel = "CYCLES",
        description = "from router to core (default: " + EJECTION_XY1 + "; vc: " + EJECTION_VC + ", after the switch)")
    private Integer ejection;
    @Option(names = "--channels", defaultValue = "2", paramLabel = "V", description = "vc: virtual channels per port (default: ${DEFAULT-VALUE})")
    private int channels;
    @Option(names = "--routing", defaultValue = "0", paramLabel = "CYCLES",
        description = "vc: route computation; 0 is look-ahead (default: ${DEFAULT-VALUE})")
    private int routing;
    @Option(names = "--no-speculation", description = "vc: allocate virtual channels a cycle before the switch")
    private boolean noSpeculation;
    @Option(names = "--traversal", defaultValue = "1", paramLabel = "CYCLES", description = "vc: switch traversal (default: ${DEFAULT-VALUE})")
    private int traversal;
    @Option(names = "--flits", defaultValue = "1", paramLabel = "N", description = "vc: flits per packet (default: ${DEFAULT-VALUE})")
    private int flits;

    @Option(names = "--chip-width", paramLabel = "N", description = "columns of routers per chip, where several chips stand side by side (default: one chip)")
    private Integer chipWidth;
    @Option(names = "--crossing", defaultValue = "0", paramLabel = "CYCLES",
        description = "crossing a border between chips, on top of the hop (default: ${DEFAULT-VALUE})")
    private int crossing;
    @Option(names = "--link-interval", defaultValue = "1", paramLabel = "CYCLES",
        description = "from one flit to the next on a link between chips (default: ${DEFAULT-VALUE})")
    private int linkInterval;
    @Option(names = "--link-rows", defaultValue = "1", paramLabel = "N",
        description = "rows of routers that share a link between chips (default: ${DEFAULT-VALUE})")
    private int linkRows;
    @Option(names = "--meshes", defaultValue = "1", paramLabel = "N",
        description = "meshes side by side, which the packets of a core take in turn (default: ${DEFAULT-VALUE})")
    private int meshes;

    private int width;
    private int height;

    /** Checks what can be checked without making a mesh, and makes the parameters of every router asked for. */
    void check(CommandSpec spec) {
        if (!mesh.matches("\\d{1,4}x\\d{1,4}")) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--mesh: '" + mesh + "' is not of the form WxH");
        }
        Require.oneOf(spec, "--order", order, List.of("xy", "yx"));
        Require.inRange(spec, "--meshes", meshes, 1, MESHES_MAX);
        if (chipWidth != null) {
            Require.inRange(spec, "--chip-width", chipWidth, 1, WIDTH_MAX);
        }
        routers.forEach(r -> Require.oneOf(spec, "--router", r, Router.names()));
        String[] sides = mesh.split("x");
        width = Integer.parseInt(sides[0]);
        height = Integer.parseInt(sides[1]);
        routers().forEach(r -> {
            if (r == Router.VC) {
                vc();
            } else {
                xy1();
            }
        });
    }

    List<Router> routers() {
        return routers.stream().map(Router::of).distinct().toList();
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** @return what makes a mesh of such routers, or several side by side */
    Function<DeliveryListener, Mesh> meshes(Router router) {
        ChipLinks links = chipWidth == null ? ChipLinks.NONE : new ChipLinks(chipWidth, crossing, linkInterval, linkRows);
        Function<DeliveryListener, Mesh> one = switch (router) {
            case ANALYTIC -> listener -> new AnalyticMesh(xy1(), links, listener);
            case XY1 -> listener -> new Xy1Mesh(xy1(), links, listener);
            case VC -> listener -> new VcMesh(vc(), links, listener);
        };
        return meshes == 1 ? one : listener -> new MeshGroup(meshes, width * height, one, listener);
    }

    private MeshParameters.Order order() {
        return MeshParameters.Order.valueOf(order.toUpperCase(Locale.ROOT));
    }

    private MeshParameters xy1() {
        return new MeshParameters(width, height, order(), buffer, hopX, hopY, credit == null ? CREDIT_XY1 : credit, injection,
            ejection == null ? EJECTION_XY1 : ejection);
    }

    private VcParameters vc() {
        return new VcParameters(width, height, order(), channels, buffer, routing, !noSpeculation, traversal, 0, hopX, hopY,
            credit == null ? CREDIT_VC : credit, injection, ejection == null ? EJECTION_VC : ejection, flits);
    }
}
