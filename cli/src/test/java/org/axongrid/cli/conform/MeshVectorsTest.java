package org.axongrid.cli.conform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Router vectors by way of {@code conform}: golden case s03 written out, and the same with damage. */
class MeshVectorsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeCase() throws IOException {
        Files.writeString(folder.resolve("cases.csv"), """
            case,note,W,H,order,B,hx,hy,C,hi,he,packets,last_delivery,sum_latency,max_latency,sum_source_wait,total_link_hops,hops_x,hops_y,total_stall_cycles
            s03,"hand, by West",3,1,xy,4,1,1,1,1,1,2,5,8,4,0,3,3,0,1
            """);
        packets("0,0,2,0,0,4", "1,1,2,1,1,5");
        Files.writeString(folder.resolve("s03.links.csv"), """
            router,flits_E,flits_W,flits_N,flits_S,flits_L,maxocc_inE,maxocc_inW,maxocc_inN,maxocc_inS,maxocc_inL,stall_inE,stall_inW,stall_inN,stall_inS,stall_inL
            0,1,0,0,0,0,0,0,0,0,1,0,0,0,0,0
            1,2,0,0,0,0,0,1,0,0,1,0,0,0,0,1
            2,0,0,0,0,2,0,1,0,0,0,0,0,0,0,0
            """);
    }

    private void packets(String... rows) throws IOException {
        Files.writeString(folder.resolve("s03.packets.csv"), "id,src,dst,inject,enter,deliver\n" + String.join("\n", rows) + "\n");
    }

    private String[] conform() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        new Conformance(new PrintWriter(out), new PrintWriter(err)).run(List.of(folder));
        String[] lines = out.toString().split("\\R");
        return new String[] {lines[lines.length - 1], out.toString(), err.toString()};
    }

    @Test
    void theCasePasses() {
        String[] found = conform();
        assertEquals("1 passed, 0 failed", found[0], found[1] + found[2]);
    }

    @Test
    void aWrongFigureIsNamed() throws IOException {
        packets("0,0,2,0,0,4", "1,1,2,1,1,6");
        String[] found = conform();
        assertEquals("0 passed, 1 failed", found[0]);
        assertTrue(found[1].contains("FAILED s03: packet 1 is delivered: expected 6, got 5"), found[1]);
    }

    @Test
    void damageIsOneLine() throws IOException {
        for (String row : List.of("0,0,7,0,0,4", "0,0,2,-1,0,4", "0,0,2,0,0", "x,y,2,0,0,4")) {
            packets(row);
            String[] found = conform();
            assertEquals("0 passed, 1 failed", found[0], row);
            assertEquals(1, found[2].lines().count(), row + ": " + found[2]);
        }
    }
}
