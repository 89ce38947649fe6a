package org.axongrid.isa.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.axongrid.isa.InvalidInputException;
import org.axongrid.isa.chip.ChipParameter;
import org.axongrid.isa.chip.ChipSpecs;
import org.junit.jupiter.api.Test;

class TrueNorthImageTest {
    private static final TrueNorthNeuron PLAIN = new TrueNorthNeuron(1, -2, 3, -4, 0, -5, false, true, 6, 7, 0, TrueNorthNeuron.Reset.TO_VALUE, true, 8,
        9);
    private static final TrueNorthNeuron NOISY = new TrueNorthNeuron(1, 0, 0, 0, 1, 0, true, false, 6, 7, 3, TrueNorthNeuron.Reset.LINEAR, false, 0, 0);

    @Test
    void imagesComeBackEqualAndAreValid() throws IOException {
        for (int seed = 0; seed < 100; seed++) {
            ChipImage image = TrueNorthImages.image(seed);
            assertEquals(List.of(), ChipImageValidator.problems(image), "seed " + seed);
            assertNull(Images.difference(image, read(bytes(image))), "seed " + seed);
        }
    }

    /** With the checksum made right again, so that the section's content is reached. */
    @Test
    void damagedSectionsAreErrorsOrOtherImages() throws IOException {
        Random random = new Random(31);
        int refused = 0;
        for (int n = 0; n < 600; n++) {
            ChipImage image = TrueNorthImages.image(n % 10);
            byte[] bytes = bytes(image);
            int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("TNCR");
            ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int length = (int) b.getLong(at + 4);
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[at + 12 + random.nextInt(Math.min(length, n % 2 == 0 ? 60 : length))] ^= (byte) (1 << random.nextInt(8));
            }
            CRC32C crc = new CRC32C();
            crc.update(bytes, at, 12 + length);
            b.putInt(at + 12 + length, (int) crc.getValue());
            try {
                refused += ChipImageValidator.problems(read(bytes)).isEmpty() ? 0 : 1;
            } catch (InvalidInputException e) {
                assertTrue(e.getMessage().startsWith("f: section TNCR 1 of "), e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 100, "refused " + refused);
    }

    @Test
    void validatorNamesEachProblem() {
        problem("axonType", new byte[] {0, 4}, "core 3: axon 1 has type 4, there are 0..3");
        problem("crossbar", new long[] {1, 8}, "core 3: crossbar row of axon 1 has synapses beyond neuron 2");
        problem("crossbar", new long[] {1}, "core 3: 1 words of crossbar, 2 axons and 3 neurons take 2");
        problem("destDelay", new int[] {1}, "core 3: 1 delays for 3 neurons");
        problem("destDelay", new int[] {0, 0, 0}, "core 3: neuron 0: delay 0 ticks, scheduler_slots allows 1..15");
        problem("destDelay", new int[] {16, 0, 0}, "core 3: neuron 0: delay 16 ticks, scheduler_slots allows 1..15");
        problem("destCore", new int[] {4, -1, -1}, "core 3: neuron 0 leads to core 4, which is not in the image");
        problem("destCore", new int[] {-3, -1, -1}, "core 3: neuron 0 leads to core -3");
        problem("destAxon", new int[] {2, 0, 0}, "core 3: neuron 0 leads to axon 2 of core 3, which has 2");
        problem("destAxon", new int[] {0, -1, 0}, "core 3: neuron 1 leads to output pin -1");
        problem("parameterOf", new int[] {0, 2, -1}, "core 3: neuron 1 has parameters 2 of 2");
        problem("parameterOf", new int[] {0, -2, -1}, "core 3: neuron 1 has parameters -2 of 2");
        problem("seed", 0, "core 3: its seed is 0, from which xorshift32 draws only zeros");
        problem("core", 4096, "core 4096: does not exist; 1 chips have cores 0..4095");
    }

    @Test
    void validatorNamesEachParameterOutOfRange() {
        parameter(new TrueNorthNeuron(0, 256, 0, 0, 0, 0, false, false, 0, 0, 0, TrueNorthNeuron.Reset.NONE, false, 0, 0),
            "weight 1 256, weight_bits allows -255..255");
        parameter(new TrueNorthNeuron(0, 0, 0, 0, 0, -256, false, false, 0, 0, 0, TrueNorthNeuron.Reset.NONE, false, 0, 0),
            "leak -256, leak_bits allows -255..255");
        parameter(new TrueNorthNeuron(0, 0, 0, 0, 0, 0, false, false, 1 << 18, 0, 0, TrueNorthNeuron.Reset.NONE, false, 0, 0),
            "threshold 262144, threshold_bits allows 0..262143");
        parameter(new TrueNorthNeuron(0, 0, 0, 0, 0, 0, false, false, 0, -1, 0, TrueNorthNeuron.Reset.NONE, false, 0, 0),
            "negative threshold -1, threshold_bits allows 0..262143");
        parameter(new TrueNorthNeuron(0, 0, 0, 0, 0, 0, false, false, 0, 0, 19, TrueNorthNeuron.Reset.NONE, false, 0, 0),
            "mask bits 19, threshold_mask_bits allows 0..18");
        parameter(new TrueNorthNeuron(0, 0, 0, 0, 0, 0, false, false, 0, 0, 0, TrueNorthNeuron.Reset.NONE, false, 1 << 19, 0),
            "reset value 524288, membrane_bits allows -524287..524287");
        parameter(new TrueNorthNeuron(0, 0, 0, 0, 0, 0, false, false, 0, 0, 0, TrueNorthNeuron.Reset.NONE, false, 0, -(1 << 19) - 1),
            "initial v -524289, membrane_bits allows -524288..524287");
        parameter(new TrueNorthNeuron(0, 0, 0, 0, 16, 0, false, false, 0, 0, 0, TrueNorthNeuron.Reset.NONE, false, 0, 0),
            "stochastic weights 16 are no four bits");
    }

    @Test
    void limitsOfTheChipHold() {
        ChipImage image = image(core());
        first(new ChipImage("n", image.chip().with(ChipParameter.COMPARTMENTS, 2), 1, image.cores(), List.of(), 0),
            "core 3: compartments: 3 used, limit 2, 1 too many");
        first(new ChipImage("n", image.chip().with(ChipParameter.INPUT_AXONS, 1), 1, image.cores(), List.of(), 0),
            "core 3: input_axons: 2 used, limit 1, 1 too many");
        first(new ChipImage("n", image.chip().with(ChipParameter.MEMBRANE_BITS, 32), 1, image.cores(), List.of(), 0),
            "sums on chip truenorth do not fit 32 bits: input_axons, weight_bits or membrane_bits is too large");
        TrueNorthCoreImage far = with(core(), "core", 2 * 4096);
        ChipImage wide = new ChipImage("n", image.chip().with(ChipParameter.ADDRESS_REACH, 100), 3, List.of(core(), far), List.of(), 0);
        first(wide, "core 8192: neuron 0 leads to core 3, 125 columns and 0 rows away; address_reach is 100");
        InvalidInputException e = assertThrows(InvalidInputException.class,
            () -> ChipImageValidator.validate(new ChipImage("n", ChipSpecs.preset("loihi"), 1, image.cores(), List.of(), 0)));
        assertEquals("chip image n: core 3 is no Loihi-style core", e.getMessage());
    }

    @Test
    void textShowsEverything() throws IOException {
        ChipImage image = image(core());
        StringBuilder summary = new StringBuilder();
        ChipImageText.summary(image, summary, 100);
        contains(summary.toString(), "1 of 4096 cores in use, 3 compartments", "  compartments                 256         2    0.8%",
            "       3    0      3    0        2        3         3        1      1  77\n");
        StringBuilder text = new StringBuilder();
        ChipImageText.core(image, 3, text, 100);
        contains(text.toString(), "core 3: chip 0, column 3, row 0\n  2 axons, 3 neurons, seed 77\n",
            "rules: zero crossing plain, overflow saturate, negative compare below\n",
            "  0: weights 1 -2 3 -4, leak -5 with the sign of v, threshold 6, negative -7 held, noise bits 0, reset to value 8, initial v 9\n",
            "  1: weights 1? 0 0 0, leak 0?, threshold 6, negative -7, noise bits 3, reset linear, initial v 0\n",
            "  0: type 0, 0\n  1: type 2, 1..2\n", "  0: 0, to core 3 axon 1, delay 15\n  1: 1, to output pin 12\n  2: unused\n");
    }

    private static void problem(String component, Object value, String problem) {
        first(image(with(core(), component, value)), problem);
    }

    private static void parameter(TrueNorthNeuron wrong, String problem) {
        first(image(with(core(), "parameters", List.of(PLAIN, wrong))), "core 3: neuron parameters 1: " + problem);
    }

    private static void first(ChipImage image, String problem) {
        InvalidInputException e = assertThrows(InvalidInputException.class, () -> ChipImageValidator.validate(image), problem);
        assertEquals("chip image n: " + problem, e.getMessage());
    }

    private static ChipImage image(TrueNorthCoreImage core) {
        return new ChipImage("n", ChipSpecs.preset("truenorth"), 1, List.of(core), List.of(), 0);
    }

    private static TrueNorthCoreImage core() {
        return new TrueNorthCoreImage(3, 77, TrueNorthRules.PUBLISHED, new byte[] {0, 2}, new long[] {1, 6}, List.of(PLAIN, NOISY),
            new int[] {0, 1, -1}, new int[] {3, -2, -1}, new int[] {1, 12, 0}, new int[] {15, 0, 0});
    }

    /** @return a copy with one component changed */
    private static TrueNorthCoreImage with(TrueNorthCoreImage core, String component, Object value) {
        try {
            RecordComponent[] all = TrueNorthCoreImage.class.getRecordComponents();
            Object[] values = new Object[all.length];
            for (int i = 0; i < all.length; i++) {
                values[i] = all[i].getName().equals(component) ? value : all[i].getAccessor().invoke(core);
            }
            return (TrueNorthCoreImage) TrueNorthCoreImage.class.getDeclaredConstructors()[0].newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(ChipImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ChipImageCodec.write(image, out);
        return out.toByteArray();
    }

    private static ChipImage read(byte[] bytes) throws IOException {
        return ChipImageCodec.read(new ByteArrayInputStream(bytes), bytes.length, "f");
    }

    private static void contains(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), () -> "no '" + part + "' in\n" + text);
        }
    }
}
