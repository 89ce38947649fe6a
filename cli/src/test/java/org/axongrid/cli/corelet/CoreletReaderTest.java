package org.axongrid.cli.corelet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipSpecs;
import org.axongrid.isa.image.TrueNorthCoreImage;
import org.axongrid.isa.image.TrueNorthNeuron;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoreletReaderTest {
    /** Two cores of 8 x 8, one of them with a crossbar of its own; keys repeated, comments in between. */
    private static final String MODEL = """
        { /* a model */
        "model":{"coreCount":2,"crossbarSize":8,"networking":"INTRA"}, // of two cores
        "crossbarTypes":[{"name":"one","crossbar":{"rows":[
          {"type":"S3","synapses":"81"},{"type":"S0","synapses":"40"},{"type":"S1","synapses":"ff"},{"type":"S2","synapses":"00"},
          {"type":"S0","synapses":"00"},{"type":"S0","synapses":"00"},{"type":"S0","synapses":"00"},{"type":"S0","synapses":"00"}]}}],
        "neuronTypes":[
          {"name":"N0000001F","class":"x","sigma0":1,"sigma1":-1,"sigma2":1,"sigma3":-1,"s0":1,"s1":2,"s2":3,"s3":255,"b0":false,"b1":true,
           "b2":false,"b3":true,"sigma_lambda":-1,"lambda":5,"c_lambda":true,"epsilon":false,"alpha":62,"beta":9,"TM":8,"gamma":2,"kappa":true,
           "sigma_VR":-1,"VR":3,"V":-7},
          {"name":"N00000002","sigma0":1,"sigma1":1,"sigma2":1,"sigma3":1,"s0":1,"s1":1,"s2":1,"s3":1,"b0":0,"b1":0,"b2":0,"b3":0,
           "sigma_lambda":1,"lambda":0,"c_lambda":0,"epsilon":1,"alpha":1,"beta":0,"TM":0,"gamma":0,"kappa":0,"sigma_VR":1,"VR":0,"V":0}],
        "core":{"id":5,"rngSeed":4294967295,"timeScaleExponent":0,
          "neurons":{"dendrites":["0:7"],"types":["31x4",2,"0x3"],"destCores":["5x2",-32,"-33x2","-1x3"],"destAxons":["0:1:1","3x3","0x3"],
            "destDelays":[15,"1x7"]},
          "crossbar":{"name":"one"}},
        "core":{"id":0,"rngSeed":77,"timeScaleExponent":0,
          "neurons":[{"type":"N00000002","dendrite":7,"destCore":5,"destAxon":4,"delay":2},{"type":31,"dendrite":0,"destCore":-2,"destAxon":-1,"delay":1}],
          "crossbar":{"rows":[
          {"type":"S1","synapses":"81"},{"type":"S0","synapses":"00"},{"type":"S0","synapses":"00"},{"type":"S2","synapses":"00"},
          {"type":"S0","synapses":"00"},{"type":"S0","synapses":"00"},{"type":"S0","synapses":"00"},{"type":"S0","synapses":"80"}]}}
        }
        """;

    @TempDir
    Path folder;

    private CoreletModel read(String text) throws IOException {
        return CoreletReader.read(Files.writeString(folder.resolve("m.json"), text), ChipSpecs.preset("truenorth"));
    }

    @Test
    void allOfAModelIsThere() throws IOException {
        CoreletModel m = read(MODEL);
        assertEquals("m", m.name());
        assertEquals(1, m.chips());
        assertEquals(List.of(0, 5), m.cores().stream().map(TrueNorthCoreImage::core).toList());
        assertEquals(1, m.indexOf(5));
        assertEquals(-1, m.indexOf(3));

        TrueNorthCoreImage five = m.cores().get(1);
        assertEquals(6 * 0x9e3779b9, five.seed(), "not set in the file: spread by core number");
        assertArrayEquals(new byte[] {3, 0, 1, 2, 0, 0, 0, 0}, five.axonType());
        assertArrayEquals(new int[] {0, 0, 0, 0, 1, -1, -1, -1}, five.parameterOf());
        assertEquals(new TrueNorthNeuron(1, -2, 3, -255, 0b1010, -5, true, false, 62, 9, 8, TrueNorthNeuron.Reset.NONE, true, -7, -7),
            five.parameters().get(0));
        assertEquals(new TrueNorthNeuron(1, 1, 1, 1, 0, 0, false, true, 1, 0, 0, TrueNorthNeuron.Reset.TO_VALUE, false, 0, 0),
            five.parameters().get(1));
        assertTrue(five.connects(0, 0) && five.connects(0, 7) && !five.connects(0, 1) && five.connects(1, 1) && five.connects(2, 4));
        assertArrayEquals(new int[] {5, 5, -2, -2, -2, -1, -1, -1}, five.destCore());
        // Destination -33 is the second block of output pins.
        assertArrayEquals(new int[] {0, 1, 3, 8 + 3, 8 + 3, 0, 0, 0}, five.destAxon());
        assertArrayEquals(new int[] {15, 1, 0, 0, 0, 0, 0, 0}, five.destDelay());

        TrueNorthCoreImage zero = m.cores().get(0);
        assertEquals(77, zero.seed());
        assertEquals(2, zero.compartments());
        // Neuron 0 has column 7, neuron 1 column 0.
        assertTrue(zero.connects(0, 0) && zero.connects(0, 1));
        assertFalse(zero.connects(7, 0));
        assertTrue(zero.connects(7, 1));
        assertArrayEquals(new int[] {5, TrueNorthCoreImage.NOWHERE}, zero.destCore());
        assertArrayEquals(new int[] {2, 0}, zero.destDelay());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "destCores":["5x2"      | "destCores":["6x2"    | core 5, neuron 0: destination core 6 is not in the model
        "destCores":["5x2"      | "destCores":["70000x2" | core 5, neuron 0: destination core 70000 is off the grid of 65536 cores
        "id":5                  | "id":65536            | core 65536: is off the grid; 16 chips truenorth have cores 0..65535
        "id":5                  | "id":0                | core 0 is there twice
        "destDelays":[15        | "destDelays":[16      | core 5, neuron 0: delay 16 is outside 1..15
        "destDelays":[15        | "destDelays":[0       | core 5, neuron 0: delay 0 is outside 1..15
        "destAxons":["0:1:1"    | "destAxons":["7:1:8"  | core 5, neuron 1: destination axon 8 is outside 0..7
        "s3":255                | "s3":256              | neuron type N0000001F: s3 256 is outside 0..255
        "lambda":5              | "lambda":-5           | neuron type N0000001F: lambda -5 is outside 0..255
        "alpha":62              | "alpha":262144        | neuron type N0000001F: alpha 262144 is outside 0..262143
        "TM":8                  | "TM":19               | neuron type N0000001F: TM 19 is outside 0..18
        "VR":3                  | "VR":20               | neuron type N0000001F: VR 20 is outside 0..19
        "V":-7                  | "V":-524289           | neuron type N0000001F: V -524289 is outside -524288..524287
        "gamma":2               | "gamma":3             | neuron type N0000001F: gamma 3 is outside 0..2
        "alpha":62,             | ''                    | neuron type N0000001F: 'alpha' is missing
        N0000001F               | Neuron1               | neuron type 'Neuron1' is no N followed by a hex number
        N0000001F               | N00000002             | neuron type N00000002 is there twice
        "types":["31x4"         | "types":["32x4"       | core 5, neuron 0: no neuron type of number 32 (N00000020)
        "types":["31x4"         | "types":["31x3"       | not as many of each
        "dendrites":["0:7"]     | "dendrites":["1x8"]   | core 5, neuron 1: dendrite 1 is taken
        "dendrites":["0:7"]     | "dendrites":["1:8"]   | core 5, neuron 7: dendrite 8 is outside 0..7
        "dendrites":["0:7"]     | "dendrites":["0:8"]   | dendrites: more than the 8 elements of a crossbar
        "dendrites":["0:7"]     | "dendrites":["0x9999999999"] | dendrites: more than the 8 elements of a crossbar
        "dendrites":["0:7"]     | "dendrites":["0:0:7"] | dendrites: '0:0:7' has step 0
        "dendrites":["0:7"]     | "dendrites":["0-7"]   | dendrites: '0-7' is no integer, 'AxN', 'A:B' or 'A:S:B'
        {"name":"one"}          | {"name":"two"}        | core 5: no crossbar type 'two'
        "coreCount":2           | "coreCount":3         | coreCount is 3, the file has 2 cores
        "crossbarSize":8        | "crossbarSize":16     | a crossbar row has 1 bytes, crossbarSize 16 takes 2
        "crossbarSize":8        | "crossbarSize":512    | crossbarSize 512 is outside 1..256
        {"type":"S3"            | {"type":"S4"          | axon type 'S4' is none of S0 to S3
        "synapses":"81"         | "synapses":"8x"       | a crossbar row is '8x', expected bytes in hex
        "timeScaleExponent":0   | "timeScaleExponent":1 | timeScaleExponent (ticks of other lengths are not modelled) 1 is outside 0..0
        "id":5,                 | ''                    | core number 0 of the file: id, crossbar, and dendrites
        /* a model */           | "crossbarTypes":[{"name":"x","crossbar":{"rows":[]}}], | a crossbar has 0 rows, crossbarSize is 256
        "neuronTypes":[         | "model":{"crossbarSize":8},"neuronTypes":[ | crossbarSize comes after crossbars or cores
        "rngSeed":77            | "rngSeed":"x"         | rngSeed is 'x', expected an integer
        """)
    void oneClearLine(String from, String to, String said) {
        assertTrue(MODEL.contains(from), from);
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> read(MODEL.replaceFirst(java.util.regex.Pattern.quote(from), to)));
        assertTrue(e.getMessage().startsWith(folder.resolve("m.json") + ": line ") && e.getMessage().contains(said), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    @Test
    void loihiHasNoCrossbars() throws IOException {
        Path file = Files.writeString(folder.resolve("m.json"), MODEL);
        assertTrue(assertThrows(InvalidInputException.class, () -> CoreletReader.read(file, ChipSpecs.preset("loihi"))).getMessage()
            .contains("chip loihi has cores of the model loihi; corelets need truenorth"));
    }

    @Test
    void spikesComeAfterTheirDelay() throws IOException {
        Path file = Files.writeString(folder.resolve("s.sfti"), """
            {"class":"SpikeWriter","encoding":"TEXT","nscsVersion":"1.4.0"}
            {"version":"sfti1.0", "defaultDestinationDelay" : 2}
            {"spike":{"srcTime":4,"destCore":5,"destAxon":1}}
            {"spike":{"srcTime":0,"destCore":0,"destAxon":7}}
            {"spike":{"srcTime":4,"destCore":5,"destAxon":0}}""");
        SpikeFile spikes = SpikeFile.read(file);
        assertArrayEquals(new int[] {6, 2, 6}, spikes.tick());
        assertEquals(6, spikes.lastTick());
        TickInput input = TickInput.of(spikes, read(MODEL));
        assertEquals(1, input.spikes(6));
        assertEquals(3, input.spikes(7));
        assertArrayEquals(new int[] {0, 1, 1}, input.ports().get(0).core());
        assertArrayEquals(new int[] {7, 1, 0}, input.ports().get(0).axon());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "encoding":"TEXT"   | "encoding":"RAW"     | line 1: encoding is 'RAW', only TEXT is read
        "sfti1.0"           | "sfto1.0"            | line 2: version is 'sfto1.0', expected sfti1.0: these are output spikes
        "srcTime":4         | "srcTime":-4         | line 3: srcTime -4 is outside 0..1073741824
        "srcTime":4,        | ''                   | line 3: a spike needs srcTime, destCore and destAxon
        "destCore":5        | "destCore":9         | spike 0 leads to axon 1 of core 9, which m does not have
        "destAxon":1        | "destAxon":8         | spike 0 leads to axon 8 of core 5, which m does not have
        {"version"          | {"versions"          | line 3: a spike before the version: not a spike file
        """)
    void wrongSpikesAreNamed(String from, String to, String said) {
        String text = """
            {"class":"SpikeWriter","encoding":"TEXT","nscsVersion":"1.4.0"}
            {"version":"sfti1.0", "defaultDestinationDelay" : 1}
            {"spike":{"srcTime":4,"destCore":5,"destAxon":1}}
            """;
        assertTrue(text.contains(from), from);
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> TickInput.of(
            SpikeFile.read(Files.writeString(folder.resolve("s.sfti"), text.replace(from, to))), read(MODEL)));
        assertTrue(e.getMessage().contains("s.sfti: " + said), e.getMessage());
    }
}
