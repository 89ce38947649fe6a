package org.axongrid.mapper.onnx;

import org.axongrid.isa.InvalidInputException;
import org.axongrid.mapper.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tensor encodings are read exactly; damaged and foreign files end in one line that names the place. */
class OnnxWireReaderTest {
    @TempDir
    Path folder;

    /** A dense layer of 2 x 2 with the given weight tensor named w. */
    private static ModelBuilder dense(WireWriter w) {
        return new ModelBuilder(2).initializer(w).node("Gemm", "x,w", "y");
    }

    private void assertWeights(WireWriter tensor, double... wanted) {
        Network net = dense(tensor).read(folder);
        assertArrayEquals(wanted, net.kernels().get(0));
    }

    private void assertRefused(byte[] file, String... parts) {
        assertRefused(ModelBuilder.write(folder, "bad.onnx", file), parts);
    }

    private static void assertRefused(Path file, String... parts) {
        String message = ModelBuilder.refusalOf(file);
        for (String part : parts) {
            assertTrue(message.contains(part), () -> "'" + part + "' not in: " + message);
        }
    }

    private static byte[] little(int bytes, Consumer<ByteBuffer> fill) {
        ByteBuffer b = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        fill.accept(b);
        return b.array();
    }

    @Test
    void floatingPointEncodings() {
        assertWeights(ModelBuilder.tensor("w", 1, 2, 2).bytes(9, little(16, b -> b.putFloat(1).putFloat(-2).putFloat(0.1f).putFloat(4))), 1, -2, 0.1f, 4);
        assertWeights(ModelBuilder.tensor("w", 1, 2, 2).bytes(4, little(16, b -> b.putFloat(1).putFloat(-2).putFloat(0.1f).putFloat(4))), 1, -2, 0.1f, 4);
        assertWeights(ModelBuilder.tensor("w", 1, 2, 2).fixed32(4, 1).fixed32(4, -2).fixed32(4, 3).fixed32(4, 4), 1, -2, 3, 4);
        assertWeights(ModelBuilder.tensor("w", 11, 2, 2).bytes(9, little(32, b -> b.putDouble(1).putDouble(0.1).putDouble(3).putDouble(4))), 1, 0.1, 3, 4);
        assertWeights(ModelBuilder.tensor("w", 11, 2, 2).bytes(10, little(32, b -> b.putDouble(1).putDouble(0.1).putDouble(3).putDouble(4))), 1, 0.1, 3, 4);
    }

    @Test
    void halfPrecisionEncodings() {
        // 1, -2, the smallest subnormal, 65504
        short[] half = {0x3c00, (short) 0xc000, 1, 0x7bff};
        double[] wanted = {1, -2, 0x1p-24, 65504};
        assertWeights(ModelBuilder.tensor("w", 10, 2, 2).bytes(9, little(8, b -> b.asShortBuffer().put(half))), wanted);
        assertWeights(ModelBuilder.tensor("w", 10, 2, 2).packed(5, 0x3c00, 0xc000, 1, 0x7bff), wanted);
        short[] brain = {0x3f80, (short) 0xc000, 0x3e80, 0x4040};
        assertWeights(ModelBuilder.tensor("w", 16, 2, 2).bytes(9, little(8, b -> b.asShortBuffer().put(brain))), 1, -2, 0.25, 3);
    }

    @Test
    void integersBecomeWeightsOnlyByACast() {
        ModelBuilder m = new ModelBuilder(2).initializer(ModelBuilder.tensor("i", 3, 2, 2).bytes(9, new byte[] {1, -2, 3, -4}))
            .node("Cast", "i", "w", "to", 1).node("Gemm", "x,w", "y");
        assertArrayEquals(new double[] {1, -2, 3, -4}, m.read(folder).kernels().get(0));
        assertTrue(dense(ModelBuilder.tensor("w", 2, 2, 2).bytes(9, new byte[4])).refusal(folder).contains("integers"));
    }

    @Test
    void dataMustMatchDims() {
        assertRefused(dense(ModelBuilder.tensor("w", 1, 2, 2).bytes(9, new byte[15])).bytes(), "tensor 'w'", "16 bytes", "15");
        assertRefused(dense(ModelBuilder.tensor("w", 1, 2, 2).fixed32(4, 1)).bytes(), "tensor 'w'", "4 values", "1");
        assertRefused(dense(ModelBuilder.tensor("w", 1, 2, -2).bytes(9, new byte[16])).bytes(), "tensor 'w'", "negative");
        assertRefused(dense(ModelBuilder.tensor("w", 1, 1 << 30, 1 << 30).bytes(9, new byte[16])).bytes(), "tensor 'w'", "2^31");
        assertRefused(dense(ModelBuilder.tensor("w", 1, 0, 1 << 30, 1 << 30).bytes(9, new byte[0])).bytes(), "tensor 'w'");
        assertRefused(dense(ModelBuilder.tensor("w", 8, 2, 2).bytes(9, new byte[16])).bytes(), "tensor 'w'", "string");
        assertRefused(dense(ModelBuilder.tensor("w", 99, 2, 2).bytes(9, new byte[16])).bytes(), "tensor 'w'", "99");
    }

    private static WireWriter external(String location, String offset, String length) {
        WireWriter t = ModelBuilder.tensor("w", 1, 2, 2).varint(14, 1).message(13, new WireWriter().string(1, "location").string(2, location));
        return t.message(13, new WireWriter().string(1, "offset").string(2, offset)).message(13, new WireWriter().string(1, "length").string(2, length));
    }

    @Test
    void externalData() throws IOException {
        Files.write(folder.resolve("w.bin"), little(20, b -> b.putInt(0).putFloat(1).putFloat(2).putFloat(3).putFloat(4)));
        assertWeights(external("w.bin", "4", "16"), 1, 2, 3, 4);
        assertRefused(dense(external("w.bin", "8", "16")).bytes(), "tensor 'w'", "w.bin", "20");
        assertRefused(dense(external("w.bin", "4", "12")).bytes(), "tensor 'w'", "12");
        assertRefused(dense(external("w.bin", "-4", "16")).bytes(), "tensor 'w'");
        assertRefused(dense(external("w.bin", "one", "16")).bytes(), "tensor 'w'", "not a number");
        assertRefused(dense(external("gone.bin", "0", "16")).bytes(), "gone.bin", "does not exist");
        assertRefused(dense(external("../w.bin", "0", "16")).bytes(), "outside");
        assertRefused(dense(external("/etc/hostname", "0", "16")).bytes(), "outside");
        assertRefused(dense(external("", "0", "16")).bytes(), "without a location");
        Path sub = Files.createDirectory(folder.resolve("sub"));
        Files.createSymbolicLink(sub.resolve("link.bin"), folder.resolve("w.bin"));
        assertRefused(ModelBuilder.write(sub, "m.onnx", dense(external("link.bin", "4", "16")).bytes()), "link");
    }

    @Test
    void foreignFilesAreRecognised() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new ModelBuilder(2).bytes());
        }
        assertRefused(packed.toByteArray(), "bad.onnx", "gzip");
        assertRefused(new byte[0], "empty");
        assertRefused(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13}, "PNG");
        assertRefused(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'}, "HDF5");
        assertRefused(new byte[] {'P', 'K', 3, 4, 0, 0}, "zip");
        assertRefused("version https://git-lfs.github.com/spec/v1\noid sha256:00\n".getBytes(StandardCharsets.UTF_8), "Git LFS");
        assertRefused("{\"not\": \"onnx\"}".getBytes(StandardCharsets.UTF_8), "text file");
        assertRefused(new byte[] {8, 7}, "without a graph");
        assertRefused(folder.resolve("missing.onnx"), "no such file");
        assertRefused(folder, "not a file");
    }

    @Test
    void lengthsBeyondTheFileAreRefusedWithThePosition() {
        assertRefused(new byte[] {8, 7, 0x3a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7}, "byte 8 of 8");
        assertRefused(new byte[] {8, 7, 0x3a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 15}, "byte 8 of 8");
        assertRefused(new byte[] {8, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80,
            (byte) 0x80, (byte) 0x80, (byte) 0x80}, "bad.onnx, byte");
        // Nested groups, the only recursion the format has.
        byte[] deep = new byte[100_000];
        Arrays.fill(deep, (byte) 0x0b);
        assertRefused(deep, "bad.onnx");
    }

    @Test
    void truncatedAndFlippedModelsGiveAModelOrOneMessage() {
        Random weights = new Random(1);
        ModelBuilder m = new ModelBuilder(2, 6, 6).random(weights, "w", 3, 2, 3, 3).random(weights, "b", 3)
            .node("Conv", "x,w,b", "z", "pads", new long[] {1, 1, 1, 1}, "strides", new long[] {1, 1}, "group", 1)
            .random(weights, "g", 3).floats("var", new int[] {3}, 1, 2, 3).node("BatchNormalization", "z,g,b,g,var", "n", "epsilon", 1e-5f)
            .qcfs("n", "a", 1, 4).random(weights, "u", 3, 3, 1, 1).node("Conv", "a,u", "c").node("Add", "c,a", "s").qcfs("s", "d", 1, 4)
            .node("AveragePool", "d", "p", "kernel_shape", new long[] {2, 2}, "strides", new long[] {2, 2})
            .longs("t", 0, -1).node("Reshape", "p,t", "f").node("Concat", "f,f", "h", "axis", 1)
            .random(weights, "v", 4, 54).node("Gemm", "h,v", "y", "transB", 1);
        byte[] good = m.bytes();
        NetworkEvaluator.assertSame(m, m.read(folder), 1);
        for (int length = 0; length < good.length; length += 7) {
            tryRead(Arrays.copyOf(good, length), "truncated to " + length);
        }
        long seed = Long.getLong("axongrid.seed", 20240611);
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] bad = good.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                int at = random.nextInt(bad.length);
                bad[at] = random.nextBoolean() ? (byte) (bad[at] ^ 1 << random.nextInt(8)) : (byte) random.nextInt();
            }
            tryRead(bad, "seed " + seed + ", round " + i);
        }
    }

    private void tryRead(byte[] file, String what) {
        Path path = ModelBuilder.write(folder, "fuzzed.onnx", file);
        try {
            OnnxImporter.read(path);
        } catch (InvalidInputException e) {
            if (!e.getMessage().startsWith("fuzzed.onnx") || e.getMessage().lines().count() != 1
                || e.getMessage().contains(OnnxImporter.UNEXPECTED)) {
                throw new AssertionError(what, e);
            }
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(what, e);
        }
    }
}
