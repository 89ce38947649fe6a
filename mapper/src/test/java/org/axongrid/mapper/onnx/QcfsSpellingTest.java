package org.axongrid.mapper.onnx;

import org.axongrid.mapper.network.Activation;
import org.axongrid.mapper.network.Network;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every way exporters write a QCFS activation gives the same population. */
class QcfsSpellingTest {
    @TempDir
    Path folder;

    private ModelBuilder model;

    /** A small dense layer, its result {@code z}; the tests bring {@code z} to {@code a}, a second dense layer follows. */
    @BeforeEach
    void layer() {
        model = new ModelBuilder(6).random(new Random(1), "w", 5, 6).node("Gemm", "x,w", "z", "transB", 1)
            .random(new Random(2), "v", 3, 5).scalar("L", 4).scalar("half", 0.5).scalar("zero", 0).scalar("one", 1).scalar("act.lambda", 0.7);
    }

    private Network finished() {
        model.node("Gemm", "a,v", "y", "transB", 1);
        Network net = model.read(folder);
        assertEquals(3, net.populations().size());
        NetworkEvaluator.assertSame(model, net, 7);
        return net;
    }

    private void check(String name) {
        Network net = finished();
        Activation a = net.populations().get(1).activation();
        assertEquals(Activation.Kind.QCFS, a.kind());
        assertEquals(4, a.levels());
        assertEquals(0.7f, a.lambda(), 1e-7);
        assertEquals(name, net.populations().get(1).name());
        assertEquals("n_y", net.readout().name());
    }

    @Test
    void clampFirst() {
        model.node("Div", "z,act.lambda", "1").node("Clip", "1,zero,one", "2").node("Mul", "2,L", "3").node("Add", "3,half", "4")
            .node("Floor", "4", "5").node("Div", "5,L", "6").node("Mul", "6,act.lambda", "a");
        check("act");
    }

    @Test
    void floorFirst() {
        model.node("Div", "z,act.lambda", "1").node("Mul", "1,L", "2").node("Add", "2,half", "3").node("Floor", "3", "4")
            .node("Div", "4,L", "5").node("Clip", "5,zero,one", "6").node("Mul", "6,act.lambda", "a");
        check("act");
    }

    @Test
    void groupNeuronOrderWithStraightThroughRemnants() {
        model.node("Mul", "z,L", "1").node("Div", "1,act.lambda", "2").node("Add", "2,half", "3").node("Floor", "3", "4")
            .node("Sub", "4,3", "5").node("Add", "5,3", "6").node("Clip", "6,zero,L", "7").node("Mul", "7,act.lambda", "8")
            .node("Div", "8,L", "a");
        check("act");
    }

    @Test
    void remnantOnTheRight() {
        model.node("Mul", "z,L", "1").node("Div", "1,act.lambda", "2").node("Add", "half,2", "3").node("Floor", "3", "4")
            .node("Sub", "4,3", "5").node("Add", "3,5", "6").node("Clip", "6,zero,L", "7").node("Mul", "act.lambda,7", "8")
            .node("Div", "8,L", "a");
        check("act");
    }

    @Test
    void clipByMinAndMax() {
        model.node("Div", "z,act.lambda", "1").node("Max", "1,zero", "2").node("Min", "2,one", "3").node("Mul", "3,L", "4")
            .node("Add", "4,half", "5").node("Floor", "5", "6").node("Div", "6,L", "7").node("Mul", "7,act.lambda", "a");
        check("act");
    }

    @Test
    void clipByAttributes() {
        model.opset(10).node("Div", "z,act.lambda", "1").node("Clip", "1", "2", "min", 0f, "max", 1f).node("Mul", "2,L", "3")
            .node("Add", "3,half", "4").node("Floor", "4", "5").node("Div", "5,L", "6").node("Mul", "6,act.lambda", "a");
        check("act");
    }

    @Test
    void reluInFrontIsPartOfTheClip() {
        model.node("Relu", "z", "0").node("Div", "0,act.lambda", "1").node("Clip", "1,zero,one", "2").node("Mul", "2,L", "3")
            .node("Add", "3,half", "4").node("Floor", "4", "5").node("Div", "5,L", "6").node("Mul", "6,act.lambda", "a");
        check("act");
    }

    @Test
    void multiplicationByReciprocals() {
        model.scalar("quarter", 0.25).scalar("inverse", 1 / 0.7).node("Mul", "z,inverse", "1").node("Mul", "L,1", "2")
            .node("Add", "2,half", "3").node("Floor", "3", "4").node("Mul", "4,quarter", "5").node("Clip", "5,zero,one", "6")
            .node("Mul", "6,act.lambda", "a");
        check("act");
    }

    @Test
    void scalarsInEveryShapeAndAsConstantNodes() {
        model.floats("up", new int[] {1}, 0.7).floats("spread", new int[] {1, 5}, 0.7, 0.7, 0.7, 0.7, 0.7)
            .node("Constant", "", "c_one", "value", ModelBuilder.tensor("", 1).fixed32(4, 1f))
            .node("Div", "z,spread", "1").node("Clip", "1,zero,one", "2").node("Mul", "2,L", "3").node("Add", "3,half", "4")
            .node("Floor", "4", "5").node("Div", "5,L", "6").node("Mul", "6,up", "a");
        model.nodes().removeIf(n -> n.op().equals("Constant"));
        check("a");
    }

    @Test
    void otherScaleInFrontIsFoldedIntoTheWeights() {
        model.scalar("s", 1.7).scalar("t", 0.3).node("Mul", "z,s", "p").node("Add", "p,t", "q").qcfs("q", "a", 0.7, 4);
        check("a");
    }

    @Test
    void scaleBehindChangesTheThreshold() {
        model.scalar("s", 2).qcfs("z", "q", 0.7, 4).node("Mul", "q,s", "a");
        Network net = finished();
        assertEquals(1.4, net.populations().get(1).activation().lambda(), 1e-6);
    }

    @Test
    void floorWithoutHalfBecomesAShift() {
        model.node("Div", "z,act.lambda", "1").node("Mul", "1,L", "2").node("Floor", "2", "4").node("Div", "4,L", "5")
            .node("Clip", "5,zero,one", "6").node("Mul", "6,act.lambda", "a");
        check("act");
    }

    @Test
    void constantBehindGoesIntoTheNextBias() {
        model.scalar("s", 0.2).qcfs("z", "q", 0.7, 4).node("Add", "q,s", "a");
        finished();
    }

    @Test
    void lambdaPerChannelIsFoldedIntoTheWeights() {
        model.floats("l", new int[] {1, 5}, 0.5, 0.6, 0.7, 0.8, 0.9).node("Div", "z,l", "1").node("Clip", "1,zero,one", "2")
            .node("Mul", "2,L", "3").node("Add", "3,half", "4").node("Floor", "4", "5").node("Div", "5,L", "6").node("Mul", "6,l", "a");
        Network net = finished();
        assertEquals(1, net.populations().get(1).activation().lambda(), 1e-9);
    }

    @Test
    void lambdaMustBePositive() {
        model.scalar("bad.lambda", -0.7).node("Div", "z,bad.lambda", "1").node("Mul", "1,L", "2").node("Add", "2,half", "3").node("Floor", "3", "4")
            .node("Div", "4,L", "5").node("Clip", "5,zero,one", "6").node("Mul", "6,bad.lambda", "a").node("Gemm", "a,v", "y", "transB", 1);
        String message = model.refusal(folder);
        assertTrue(message.contains("'n_a'") && message.contains("-0.7"), message);
    }

    @Test
    void lambdaMustNotBeZero() {
        model.scalar("bad.lambda", 0).node("Div", "z,bad.lambda", "1").node("Gemm", "1,v", "y", "transB", 1);
        String message = model.refusal(folder);
        assertTrue(message.contains("Div 'n_1'") && message.contains("bad.lambda") && message.contains("0"), message);
    }

    @Test
    void lambdaMustBeANumber() {
        model.scalar("bad.lambda", Double.NaN).node("Div", "z,bad.lambda", "1").node("Gemm", "1,v", "y", "transB", 1);
        String message = model.refusal(folder);
        assertTrue(message.contains("Div 'n_1'") && message.contains("NaN"), message);
    }

    @Test
    void channelLambdaMustBePositive() {
        model.floats("l", new int[] {1, 5}, 0.5, 0.6, -0.7, 0.8, 0.9).node("Div", "z,l", "1").node("Clip", "1,zero,one", "2")
            .node("Mul", "2,L", "3").node("Add", "3,half", "4").node("Floor", "4", "5").node("Div", "5,L", "6").node("Mul", "6,l", "a")
            .node("Gemm", "a,v", "y", "transB", 1);
        String message = model.refusal(folder);
        assertTrue(message.contains("'n_a'") && message.contains("element 2"), message);
    }

    @Test
    void clipFromBelowZeroWithoutFloorIsRefused() {
        model.scalar("below", -1).node("Clip", "z,below,one", "a").node("Gemm", "a,v", "y", "transB", 1);
        String message = model.refusal(folder);
        assertTrue(message.contains("Clip 'n_a'") && message.contains("without Floor"), message);
    }

    @Test
    void upperClipBetweenLevelsIsRefused() {
        model.scalar("odd", 0.9).node("Div", "z,act.lambda", "1").node("Mul", "1,L", "2").node("Add", "2,half", "3").node("Floor", "3", "4")
            .node("Div", "4,L", "5").node("Clip", "5,zero,odd", "6").node("Mul", "6,act.lambda", "a").node("Gemm", "a,v", "y", "transB", 1);
        String message = model.refusal(folder);
        assertTrue(message.contains("level 3.6"), message);
    }
}
